import { type AddressInfo, createServer } from "node:net";

export interface OpenTargets {
  /** `http://127.0.0.1:port/`, each its own target. */
  readonly urls: readonly string[];
  close(): void;
}

/** Hosts that respond on this machine, for jobs that the upstream can start. */
export async function openTargets(count: number): Promise<OpenTargets> {
  const servers = Array.from({ length: count }, () => createServer((socket) => socket.end()));
  for (const server of servers) await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    urls: servers.map((server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`),
    close() {
      for (const server of servers) server.close();
    },
  };
}

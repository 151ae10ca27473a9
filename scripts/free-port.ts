import { once } from "node:events";
import { createServer } from "node:net";

/** Whether nothing listens on the port of this loopback address. */
export async function isPortFree(port: number, host = "127.0.0.1"): Promise<boolean> {
  return (await tryPort(port, host)) !== null;
}

/** The first free port from `preferred` upwards; any free one when the next hundred are taken. */
export async function freePort(preferred = 0, host = "127.0.0.1"): Promise<number> {
  for (let port = preferred; preferred > 0 && port < preferred + 100; port += 1) {
    if (await isPortFree(port, host)) return port;
  }
  const port = await tryPort(0, host);
  if (port === null) throw new Error(`no port is free on ${host}`);
  return port;
}

async function tryPort(port: number, host: string): Promise<number | null> {
  const server = createServer();
  try {
    server.listen({ port, host, exclusive: true });
    await once(server, "listening");
    const address = server.address();
    return typeof address === "object" && address !== null ? address.port : null;
  } catch {
    return null;
  } finally {
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  }
}

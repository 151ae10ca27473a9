import { once } from "node:events";
import { createServer } from "node:net";

/** Whether nothing listens on the port of this loopback address. */
export async function isPortFree(port: number, host = "127.0.0.1"): Promise<boolean> {
  const server = createServer();
  try {
    server.listen({ port, host, exclusive: true });
    await once(server, "listening");
    return true;
  } catch {
    return false;
  } finally {
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  }
}

/** Below the ephemeral port range, from which an outgoing connection could take a port before it is listened on. */
const anyPort = { from: 20_000, count: 12_000 };
const maxTries = 100;

/** The first free port from `preferred` upwards; any free one when the next hundred are taken. */
export async function freePort(preferred = 0, host = "127.0.0.1"): Promise<number> {
  for (let port = preferred; preferred > 0 && port < preferred + 100; port += 1) {
    if (await isPortFree(port, host)) return port;
  }
  for (let tries = 0; tries < maxTries; tries += 1) {
    const port = anyPort.from + Math.floor(Math.random() * anyPort.count);
    if (await isPortFree(port, host)) return port;
  }
  throw new Error(`no port is free on ${host}`);
}

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A server of another company: it serves the files that are placed on it. */
export async function startOwnServer() {
  const files = new Map<string, string>();
  const server = createServer((request, response) => {
    const content = files.get(request.url ?? "");
    response.writeHead(content === undefined ? 404 : 200, { "Content-Type": "text/plain" }).end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    place: (path: string, content: string) => void files.set(path, content),
    close: (): Promise<void> =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

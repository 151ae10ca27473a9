import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, get, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { endWithBytes } from "./end-with-bytes.ts";

const bytes = Buffer.alloc(9_000_001, "some text that is not the same in every slice ");
const digestOf = (content: Buffer): string => createHash("sha256").update(content).digest("hex");

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** Resolves with the port; `ended` resolves when a response has been given all its bytes, or given up. */
async function serve(): Promise<{ port: number; ended: Promise<void> }> {
  const ended = Promise.withResolvers<void>();
  server = createServer((_request, response) => {
    endWithBytes(response, bytes).then(ended.resolve, ended.reject);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { port: (server.address() as AddressInfo).port, ended: ended.promise };
}

describe("a long body", () => {
  it("arrives whole, with its length", async () => {
    const { port } = await serve();
    const [response] = (await once(get({ port, host: "127.0.0.1" }), "response")) as [IncomingMessage];
    const chunks = (await response.toArray()) as Buffer[];
    expect(response.headers["content-length"]).toBe(String(bytes.length));
    expect(digestOf(Buffer.concat(chunks))).toBe(digestOf(bytes));
  });

  it("is given up when the client goes away", async () => {
    const { port, ended } = await serve();
    const [response] = (await once(get({ port, host: "127.0.0.1" }), "response")) as [IncomingMessage];
    await once(response, "readable");
    response.destroy();
    await ended;
  });

  it("is left out of the answer to HEAD, which has its length", async () => {
    const { port } = await serve();
    const head = request({ port, host: "127.0.0.1", method: "HEAD" }).end();
    const [response] = (await once(head, "response")) as [IncomingMessage];
    expect(response.headers["content-length"]).toBe(String(bytes.length));
    expect(await response.toArray()).toEqual([]);
  });
});

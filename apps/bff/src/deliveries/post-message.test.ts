import type { AddressInfo } from "node:net";
import { createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createLookup } from "../targets/resolve-name.ts";
import { postMessage } from "./post-message.ts";

const sockets = new Set<Socket>();
let server: Server | undefined;
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => (server === undefined ? resolve(null) : server.close(resolve)));
});

/** The result of a post to a receiver that handles its connection like this. */
async function sendTo(treat: (socket: Socket) => void, timeoutMs: number) {
  server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    treat(socket);
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const options = { internalReceivers: ["127.0.0.1"], lookup: createLookup(), timeoutMs };
  return postMessage(`http://127.0.0.1:${port}/hook`, {}, "{}", options);
}

describe("a receiver that", () => {
  it("accepts the connection and stays silent costs no more than the time of an attempt", async () => {
    expect(await sendTo((socket) => socket.resume(), 200)).toEqual({ outcome: "timeout", status: null });
  });

  it("does not even read, or never ends the head of its answer, neither", async () => {
    expect(await sendTo((socket) => socket.pause(), 200)).toEqual({ outcome: "timeout", status: null });
    const trickle = (socket: Socket): void => {
      socket.resume();
      socket.write("HTTP/1.1 200 OK\r\n");
      const timer = setInterval(() => socket.write("x-more: 1\r\n"), 5);
      socket.on("close", () => clearInterval(timer));
    };
    const { outcome } = await sendTo(trickle, 200);
    expect(["timeout", "broken"]).toContain(outcome);
  });

  it("hangs up without an answer is told from one that answers", async () => {
    expect(await sendTo((socket) => socket.destroy(), 10_000)).toEqual({ outcome: "broken", status: null });
  });
});

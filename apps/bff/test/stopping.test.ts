import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent, request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ConnectionLimits } from "../src/http/connections.ts";
import { createHttpServer, type HttpServer } from "../src/http/http-server.ts";
import { createLogger } from "../src/log/logger.ts";
import { createRedaction } from "../src/log/redaction.ts";
import { startProgram, startServer } from "./start-program.ts";

const opened: Socket[] = [];
let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "wsc-stopping-"));
});
afterEach(() => {
  for (const socket of opened.splice(0)) socket.destroy();
  rmSync(directory, { recursive: true, force: true });
});

/** A connection that has sent the text; `said` collects what it receives, `ended` resolves with it. */
async function open(port: number, text: string) {
  const socket = connect(port, "127.0.0.1");
  opened.push(socket);
  await new Promise((resolve) => socket.once("connect", resolve));
  const connection = { said: "", ended: new Promise<void>((resolve) => socket.once("close", () => resolve())) };
  socket.on("error", () => {});
  socket.setEncoding("utf8").on("data", (data: string) => {
    connection.said += data;
  });
  socket.write(text);
  return connection;
}
const heardFrom = async (connection: { readonly said: string }): Promise<void> => {
  while (connection.said === "") await new Promise((resolve) => setTimeout(resolve, 10));
};

describe("a server that receives a stop signal", () => {
  it("ends with exit code 0, whatever connections and event streams are open", async () => {
    const server = await startServer({ WSC_DATA_DIR: directory });
    const head = `Host: 127.0.0.1:${server.port}\r\nX-WSC-Request: 1\r\nSec-Fetch-Site: same-origin\r\n`;
    const stream = await open(server.port, `GET /api/events HTTP/1.1\r\n${head}\r\n`);
    const idle = await open(server.port, `GET /livez HTTP/1.1\r\n${head}\r\n`);
    await open(server.port, "");
    await open(server.port, "GET /api/jobs HTTP/1.1\r\nHo");
    await open(server.port, `POST /api/jobs HTTP/1.1\r\n${head}Content-Length: 100\r\n\r\n{`);
    await Promise.all([heardFrom(stream), heardFrom(idle)]);
    expect(stream.said).toContain("text/event-stream");
    server.kill("SIGTERM");
    expect(await server.ended).toBe(0);
  });

  it("first answers that it is not ready and goes on, for as long as a load balancer needs, and a second signal ends that", async () => {
    const server = await startServer({ WSC_DATA_DIR: directory, WSC_STOP_DELAY_MS: "60000" });
    const statusOf = async (path: string): Promise<number> => {
      const headers = { "X-WSC-Request": "1", "Sec-Fetch-Site": "same-origin" };
      const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { headers });
      await response.arrayBuffer();
      return response.status;
    };
    expect(await statusOf("/readyz")).toBe(200);
    server.kill("SIGTERM");
    while ((await statusOf("/readyz")) !== 503) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await statusOf("/api/session")).toBe(200);
    server.kill("SIGTERM");
    expect(await server.ended).toBe(0);
  });

  it("handles signals from its first instant, and ends at once while starting", async () => {
    const importsOf = (name: string): string[] =>
      [...readFileSync(new URL(`../src/${name}`, import.meta.url), "utf8").matchAll(/^import .*"(.*)";$/gm)].map(
        ([, from = ""]) => from,
      );
    expect(importsOf("main.ts")).toEqual(["./stop-signal.ts"]);
    expect(importsOf("stop-signal.ts")).toEqual([]);
    // A database that never responds blocks the start.
    const silent = createServer((socket) => void opened.push(socket));
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const { port } = silent.address() as AddressInfo;
    const asked = new Promise((resolve) => silent.once("connection", resolve));
    const program = startProgram("main", {
      WSC_DATA_DIR: directory,
      WSC_DATABASE_URL: `postgres://test@127.0.0.1:${port}/x`,
    });
    await asked;
    program.kill("SIGTERM");
    expect(await program.ended).toBe(0);
    silent.close();
  });
});

describe("the HTTP server", () => {
  const logger = createLogger("error", createRedaction([]), () => {});
  let server: HttpServer;
  let answers: ServerResponse[];
  async function listen(limits?: ConnectionLimits): Promise<number> {
    answers = [];
    const handler = (request: IncomingMessage, response: ServerResponse): void => {
      if (request.url === "/slow") answers.push(response);
      else response.end("well");
    };
    server = createHttpServer(handler, logger, limits === undefined ? {} : { limits });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return (server.address() as AddressInfo).port;
  }
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });
  const get = (port: number, path: string, agent: Agent | false = false): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      httpRequest({ port, host: "127.0.0.1", path, agent }, (response) => {
        response.resume();
        resolve(response);
      })
        .on("error", reject)
        .end();
    });

  it("closes a keep-alive connection with its response, whether it had begun before the stop or not", async () => {
    const port = await listen();
    const agent = new Agent({ keepAlive: true });
    const [unbegun, begun] = [get(port, "/slow", agent), get(port, "/slow", agent)];
    while (answers.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    const [first, second] = answers;
    second?.writeHead(200).write("begun");
    const drained = server.drain();
    first?.end("late");
    second?.end("late");
    const headers = (await Promise.all([unbegun, begun])).map((response) => response.headers.connection);
    expect(headers).toContain("close");
    await drained;
    agent.destroy();
  });

  it("closes the connection that has been silent longest, and never one with a request", async () => {
    for (const limits of [
      { max: 1_000, maxSilentPerPeer: 5, maxSilent: 1_000 },
      { max: 1_000, maxSilentPerPeer: 1_000, maxSilent: 5 },
      { max: 6, maxSilentPerPeer: 1_000, maxSilent: 1_000 },
    ]) {
      const port = await listen(limits);
      const asked = await open(port, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
      await heardFrom(asked);
      const first = await open(port, "GET / HT");
      for (let count = 0; count < 30; count += 1) await open(port, count % 2 === 0 ? "" : "GET /half");
      await first.ended;
      expect((await get(port, "/")).statusCode).toBe(200);
      const kept = await Promise.race([asked.ended.then(() => "closed"), get(port, "/").then(() => "open")]);
      expect(kept).toBe("open");
      server.closeAllConnections();
      server.close();
    }
  });

  it("refuses only when every connection is busy", async () => {
    const port = await listen({ max: 2, maxSilentPerPeer: 10, maxSilent: 10 });
    const busy = [get(port, "/slow"), get(port, "/slow")];
    while (answers.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    await expect(get(port, "/")).rejects.toThrow();
    for (const response of answers) response.end();
    expect((await Promise.all(busy)).map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    expect((await get(port, "/")).statusCode).toBe(200);
  });

  it("waits ten seconds for request headers, and checks every second", async () => {
    await listen();
    expect(server.headersTimeout).toBe(10_000);
    const { connectionsCheckingInterval } = server as unknown as { connectionsCheckingInterval: number };
    expect(connectionsCheckingInterval).toBeLessThanOrEqual(1_000);
  });
});

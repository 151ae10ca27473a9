/**
 * One server of the API benchmark in its own process: `node bench/api-subject.ts NAME UPSTREAM [BYTES]`. Reports its CPU time on
 * each message.
 */
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { startConstantServer } from "../apps/bff/test/constant-server.ts";
import { startBff } from "../apps/bff/test/start-bff.ts";
import { proxySettings } from "./dashboard-process.ts";

const [name = "", upstreamUrl = "", bytes = "1"] = process.argv.slice(2);
const body = Buffer.alloc(Number(bytes), "a");
/** Connections of a proxy to the upstream. */
const proxyConnections = 64;

async function listen(handler: RequestListener): Promise<string> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function startDashboard(): Promise<string> {
  const bff = await startBff({
    upstreamUrl,
    environment: {
      ...proxySettings,
      WSC_LIST_POLL_MS: "600000",
      WSC_LOG_LEVEL: "info",
      WSC_DISPATCH_TICK_MS: "1000",
      WSC_UPSTREAM_TIMEOUT_MS: "60000",
    },
  });
  // Drops log lines, since a real server writes them and does not keep them.
  bff.logs.push = () => 0;
  return bff.origin;
}

/** The usual proxy for Fastify. */
async function startReplyFrom(): Promise<string> {
  const [{ default: fastify }, { default: replyFrom }] = await Promise.all([
    import("fastify"),
    import("@fastify/reply-from"),
  ]);
  const app = fastify();
  await app.register(replyFrom, { base: upstreamUrl, undici: { connections: proxyConnections } });
  app.get("/*", (request, reply) => reply.from(request.url));
  return app.listen({ port: 0, host: "127.0.0.1" });
}

/** The minimum that a proxy can do. */
async function startUndici(): Promise<string> {
  const { Pool } = await import("undici");
  const pool = new Pool(upstreamUrl, { connections: proxyConnections });
  return listen((request, response) => {
    pool
      .stream({ path: request.url ?? "/", method: "GET", opaque: response }, ({ statusCode, headers }) => {
        response.writeHead(statusCode, headers);
        return response;
      })
      .catch(() => response.destroy());
  });
}

const subjects: Readonly<Record<string, () => Promise<string>>> = {
  dashboard: startDashboard,
  "ready buffer": () =>
    listen((_request, response) => {
      response.writeHead(200, { "Content-Type": "application/json", "Content-Length": body.length }).end(body);
    }),
  "our middleware": () => startConstantServer(body),
  "reply-from": startReplyFrom,
  undici: startUndici,
};
const start = subjects[name];
if (start === undefined) throw new Error(`one of ${Object.keys(subjects).join(", ")}`);
const origin = await start();
process.on("message", () => process.send?.(process.cpuUsage()));
process.on("disconnect", () => process.exit(0));
process.send?.(origin);

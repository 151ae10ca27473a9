import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerOptions, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { toProblem, WscError } from "@wsc-dashboard/wsc-core";
import type { Logger } from "../log/logger.ts";
import { type ConnectionLimits, createConnections } from "./connections.ts";
import { closedPolicy } from "./security-headers.ts";

/** Time limit of request headers, and the interval at which it is checked, in milliseconds. */
const headLimitMs = 10_000;
const headCheckMs = 1_000;

export interface HttpServer extends Server {
  /** Stops accepting; resolves when all responses have ended and no connection is open. */
  drain(): Promise<void>;
}

const codesOfParser: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: "HEADERS_TOO_LARGE",
  ERR_HTTP_REQUEST_TIMEOUT: "REQUEST_TIMEOUT",
};

/**
 * Accepts only a plain path as request target: no absolute URL, `*`, fragment or backslash. Routers and proxies interpret those
 * differently, so no later code sees one.
 */
const plainPath = /^\/[^#\\]*$/;

const closedHeaders = {
  "Content-Type": "application/problem+json; charset=utf-8",
  "Content-Security-Policy": closedPolicy,
  "X-Content-Type-Options": "nosniff",
  "Cache-Control": "no-store",
  Connection: "close",
};

/** The raw response, a problem document, to an unparseable request; it closes the connection. */
function problemAnswer(code: string, requestId: string): string {
  const problem = toProblem(new WscError(code), requestId);
  const body = JSON.stringify(problem);
  return [
    `HTTP/1.1 ${problem.status} Refused`,
    ...Object.entries(closedHeaders).map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    "",
    body,
  ].join("\r\n");
}

interface HttpServerOptions {
  readonly limits?: ConnectionLimits;
  /** The classes of requests and responses; Node's own by default. */
  readonly messages?: Pick<ServerOptions, "IncomingMessage" | "ServerResponse">;
}

/** The HTTP server: Node's strict parser with limits in size and time, and responses also to what it cannot parse. */
export function createHttpServer(
  handler: (request: IncomingMessage, response: ServerResponse) => void,
  logger: Logger,
  { limits, messages }: HttpServerOptions = {},
): HttpServer {
  const connections = createConnections(limits);
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    connections.begin(request, response);
    if (plainPath.test(request.url ?? "")) {
      handler(request, response);
      return;
    }
    const requestId = randomUUID();
    const problem = toProblem(new WscError("ROUTE_NOT_FOUND"), requestId);
    logger.info({ requestId, code: problem.code, reason: "the request target is not a plain path" }, "request refused");
    const body = JSON.stringify(problem);
    const own = { "X-Request-Id": requestId, "Content-Length": Buffer.byteLength(body) };
    response.writeHead(problem.status, { ...closedHeaders, ...own }).end(body);
  };
  const server = createServer(
    {
      maxHeaderSize: 16_384,
      requestTimeout: 30_000,
      headersTimeout: headLimitMs,
      connectionsCheckingInterval: headCheckMs,
      keepAliveTimeout: 65_000,
      // The host guard checks it and responds with a problem document.
      requireHostHeader: false,
      ...messages,
    },
    handle,
  );
  server.on("connection", connections.add);
  server.on("checkExpectation", handle);
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    // During a response, another one would be read as its remainder.
    if (!socket.writable || error.code === "ECONNRESET" || connections.isBusy(socket as Socket)) {
      socket.destroy();
      return;
    }
    const code = codesOfParser[error.code ?? ""] ?? "REQUEST_MALFORMED";
    const requestId = randomUUID();
    logger.info({ requestId, code, reason: error.code }, "request refused");
    socket.end(problemAnswer(code, requestId), () => socket.destroy());
  });
  return Object.assign(server, {
    drain(): Promise<void> {
      server.close();
      return connections.drain();
    },
  });
}

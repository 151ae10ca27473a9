import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { toProblem, WscError } from "@wsc-dashboard/wsc-core";
import type { Logger } from "../log/logger.ts";

const maxConnections = 1000;

const codesOfParser: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: "HEADERS_TOO_LARGE",
  ERR_HTTP_REQUEST_TIMEOUT: "REQUEST_TIMEOUT",
};

/** A problem document for a request that never became one; the connection ends with it. */
function problemAnswer(code: string, requestId: string): string {
  const problem = toProblem(new WscError(code), requestId);
  const body = JSON.stringify(problem);
  return [
    `HTTP/1.1 ${problem.status} Refused`,
    "Content-Type: application/problem+json; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'; sandbox",
    "X-Content-Type-Options: nosniff",
    "Cache-Control: no-store",
    "Connection: close",
    "",
    body,
  ].join("\r\n");
}

/** The listening half: Node's strict parser with bounds in size and time, and an answer also to what it cannot parse. */
export function createHttpServer(
  handler: (request: IncomingMessage, response: ServerResponse) => void,
  logger: Logger,
): Server {
  const answering = new WeakSet<Duplex>();
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const { socket } = request;
    answering.add(socket);
    response.on("close", () => answering.delete(socket));
    handler(request, response);
  };
  const server = createServer(
    {
      maxHeaderSize: 16_384,
      requestTimeout: 30_000,
      headersTimeout: 10_000,
      keepAliveTimeout: 65_000,
      // The host guard answers for it, with a problem document.
      requireHostHeader: false,
    },
    handle,
  );
  server.maxConnections = maxConnections;
  server.on("checkExpectation", handle);
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    // Behind an answer that is still being written another one would be taken for its end.
    if (!socket.writable || error.code === "ECONNRESET" || answering.has(socket)) {
      socket.destroy();
      return;
    }
    const code = codesOfParser[error.code ?? ""] ?? "REQUEST_MALFORMED";
    const requestId = randomUUID();
    logger.info({ requestId, code, reason: error.code }, "request refused");
    socket.end(problemAnswer(code, requestId), () => socket.destroy());
  });
  return server;
}

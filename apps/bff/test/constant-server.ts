import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { messagesOf } from "../src/http/express-messages.ts";
import { requestContext } from "../src/http/request-context.ts";
import { hostGuard, requestGuard } from "../src/http/request-guard.ts";
import { securityHeaders } from "../src/http/security-headers.ts";
import { sequence } from "../src/http/sequence.ts";
import { createLogger } from "../src/log/logger.ts";
import { createRedaction } from "../src/log/redaction.ts";

/**
 * Express with the middleware of every call (request id and log, headers, guards) and one constant response: the minimum cost of
 * a response of ours. No authentication and no look-up. Returns its origin.
 */
export async function startConstantServer(body: Buffer): Promise<string> {
  const app = express();
  for (const name of ["x-powered-by", "etag"]) app.disable(name);
  const logger = createLogger("info", createRedaction([]), () => {});
  app.use(
    sequence(
      requestContext({ logger, onEnd: () => {}, tracing: null }),
      securityHeaders(false),
      hostGuard({ publicOrigin: null }),
      requestGuard({ publicOrigin: null, allowNonBrowser: false }),
      (_request, response) => {
        response.setHeader("Content-Type", "application/json; charset=utf-8");
        response.setHeader("Content-Length", body.length);
        response.end(body);
      },
    ),
  );
  const server = createServer(messagesOf(app), app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

import { randomUUID } from "node:crypto";
import type { NextFunction, Request, Response } from "express";
import type { User } from "../identity/identity.ts";
import type { Logger } from "../log/logger.ts";

/** What belongs to one request. */
export interface RequestContext {
  readonly requestId: string;
  readonly logger: Logger;
  user: User | null;
}

const contexts = new WeakMap<Request, RequestContext>();

/** Gives every request an id of our own making and logs its end: path without query, since queries hold what people typed. */
export function requestContext(logger: Logger) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const requestId = randomUUID();
    const context: RequestContext = { requestId, logger: logger.child({ requestId }), user: null };
    contexts.set(request, context);
    response.setHeader("X-Request-Id", requestId);
    const startedAt = performance.now();
    response.on("close", () => {
      context.logger.info(
        {
          method: request.method,
          path: (request.url.split("?", 1)[0] ?? "").slice(0, 200),
          status: response.statusCode,
          finished: response.writableFinished,
          actor: context.user?.id,
          duration_ms: Math.round(performance.now() - startedAt),
        },
        "request",
      );
    });
    next();
  };
}

export function contextOf(request: Request): RequestContext {
  const context = contexts.get(request);
  if (!context) throw new Error("request without context");
  return context;
}

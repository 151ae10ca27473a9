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

/** An answered request, for what measures. */
export interface RequestEnd {
  readonly method: string;
  /** Template of the route that was chosen; `null` when none was. */
  readonly route: string | null;
  readonly status: number;
  readonly durationMs: number;
  readonly isStream: boolean;
}

/** The path as the route was registered with, never as it was asked for. */
function routeOf(request: Request): string | null {
  const path: unknown = request.route?.path;
  return typeof path === "string" ? path : null;
}

const contexts = new WeakMap<Request, RequestContext>();

/** Gives every request an id of our own making and logs its end: path without query, since queries hold what people typed. */
export function requestContext(logger: Logger, onEnd: (end: RequestEnd) => void) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const requestId = randomUUID();
    const context: RequestContext = { requestId, logger: logger.child({ requestId }), user: null };
    contexts.set(request, context);
    response.setHeader("X-Request-Id", requestId);
    const startedAt = performance.now();
    response.on("close", () => {
      const durationMs = performance.now() - startedAt;
      onEnd({
        method: request.method,
        route: routeOf(request),
        status: response.statusCode,
        durationMs,
        isStream: response.getHeader("Content-Type") === "text/event-stream",
      });
      context.logger.info(
        {
          method: request.method,
          path: (request.url.split("?", 1)[0] ?? "").slice(0, 200),
          status: response.statusCode,
          finished: response.writableFinished,
          actor: context.user?.id,
          duration_ms: Math.round(durationMs),
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

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

/**
 * The context stands in the request itself: what a weak map holds for young keys outlives small collections, and ten times as much time went
 * into collecting it.
 */
const contextKey = Symbol("context");
type InContext = Request & { [contextKey]?: RequestContext };

const requestIdShape = /^[A-Za-z0-9][A-Za-z0-9._-]{7,63}$/;
/** W3C Trace Context, version 00: the id of the trace, the id of the caller's span, flags. */
const traceShape = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;
const probes: ReadonlySet<string> = new Set(["/livez", "/readyz"]);

/** The one value of a header. */
function onlyValue(request: Request, name: string): string {
  const values = request.headersDistinct[name] ?? [];
  return values.length === 1 ? (values[0] ?? "") : "";
}

/** What a trusted proxy calls the request; of anybody else, or in another shape, nothing is taken over. */
function idsOf(request: Request, isTrusted: (peer: string) => boolean): { requestId: string; traceId?: string } {
  if (!isTrusted(request.socket.remoteAddress ?? "")) return { requestId: randomUUID() };
  const given = onlyValue(request, "x-request-id");
  const traceId = traceShape.exec(onlyValue(request, "traceparent"))?.[1];
  return {
    requestId: requestIdShape.test(given) ? given : randomUUID(),
    ...(traceId === undefined || /^0+$/.test(traceId) ? {} : { traceId }),
  };
}

/**
 * Gives every request an id, the trusted proxy's or one of our own making, and logs its end: path without query, since queries hold what people typed.
 * Health checks are logged at debug level.
 */
export function requestContext(
  logger: Logger,
  onEnd: (end: RequestEnd) => void,
  isTrusted: (peer: string) => boolean = () => false,
) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const ids = idsOf(request, isTrusted);
    const { requestId } = ids;
    let own: Logger | undefined;
    const context: RequestContext = {
      requestId,
      // Made when something is said about the request before its end; most go by without a word.
      get logger() {
        own ??= logger.child(ids);
        return own;
      },
      user: null,
    };
    (request as InContext)[contextKey] = context;
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
      const level = probes.has(request.path) && response.statusCode < 400 ? "debug" : "info";
      logger[level](
        {
          ...ids,
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
  const context = (request as InContext)[contextKey];
  if (!context) throw new Error("request without context");
  return context;
}

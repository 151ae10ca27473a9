import { randomUUID } from "node:crypto";
import { isIP } from "node:net";
import type { NextFunction, Request, Response } from "express";
import addressBehindProxies from "proxy-addr";
import type { User } from "../identity/identity.ts";
import { toEcs } from "../log/log-fields.ts";
import type { Logger } from "../log/logger.ts";
import type { CallerSpan, Tracing } from "../tracing/tracing.ts";

/** Data of one request. */
export interface RequestContext {
  readonly requestId: string;
  /** Peer address, or the client address given by a trusted proxy. */
  readonly clientAddress: string;
  readonly logger: Logger;
  user: User | null;
  /** Registered path of the route, when it was chosen without a router. */
  route: string | null;
}

/** A completed request, for metrics. */
export interface RequestEnd {
  readonly method: string;
  /** Registered path of the route; `null` when none matched. */
  readonly route: string | null;
  readonly status: number;
  readonly durationMs: number;
  readonly isStream: boolean;
}

/** The registered path of the route, never the requested one. */
function routeOf(request: Request): string | null {
  const path: unknown = request.route?.path;
  return typeof path === "string" ? path : null;
}

/**
 * The context is stored in the request itself: a WeakMap keeps the values of young keys alive over minor collections, which took
 * ten times as much garbage collection time.
 */
const contextKey = Symbol("context");
type InContext = Request & { [contextKey]?: RequestContext };

const requestIdShape = /^[A-Za-z0-9][A-Za-z0-9._-]{7,63}$/;
/** W3C Trace Context, version 00: trace id, span id of the caller, flags. */
const traceShape = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;
const maxPathLength = 200;
const probes: ReadonlySet<string> = new Set(["/livez", "/readyz"]);

/** The single value of a header; empty when there is none or more than one. */
function onlyValue(request: Request, name: string): string {
  const values = request.headersDistinct[name] ?? [];
  return values.length === 1 ? (values[0] ?? "") : "";
}

interface Origin {
  readonly requestId: string;
  readonly caller: CallerSpan | null;
  readonly clientAddress: string;
}

/** Ids and client address from a trusted proxy; headers of other peers, or in another format, are ignored. */
function originOf(request: Request, isTrusted: (peer: string) => boolean): Origin {
  const peer = request.socket.remoteAddress ?? "";
  if (!isTrusted(peer)) return { requestId: randomUUID(), caller: null, clientAddress: peer };
  const given = onlyValue(request, "x-request-id");
  const [, traceId, spanId, flags = "00"] = traceShape.exec(onlyValue(request, "traceparent")) ?? [];
  const client = addressBehindProxies(request, isTrusted);
  return {
    requestId: requestIdShape.test(given) ? given : randomUUID(),
    caller:
      traceId === undefined || spanId === undefined ? null : { traceId, spanId, flags: Number.parseInt(flags, 16) },
    clientAddress: isIP(client) === 0 ? peer : client,
  };
}

export interface RequestContextParts {
  readonly logger: Logger;
  readonly onEnd: (end: RequestEnd) => void;
  /** Peers whose X-Request-Id, traceparent and X-Forwarded-For are trusted; none by default. */
  readonly isTrusted?: ((peer: string) => boolean) | undefined;
  /** `null` when tracing is off. */
  readonly tracing: Tracing | null;
}

/**
 * Assigns each request an id, the trusted proxy's or a new one, and logs its end. The path is logged without the query, which may
 * contain text that people typed. Health checks are logged at debug level.
 */
export function requestContext({ logger, onEnd, isTrusted = () => false, tracing }: RequestContextParts) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const { requestId, caller, clientAddress } = originOf(request, isTrusted);
    const path = (request.url.split("?", 1)[0] ?? "").slice(0, maxPathLength);
    const span = tracing === null || probes.has(path) ? null : tracing.startRequest(request.method, path, caller);
    const ids = { requestId, traceId: span?.traceId ?? caller?.traceId, spanId: span?.spanId };
    let own: Logger | undefined;
    const context: RequestContext = {
      requestId,
      clientAddress,
      // Created on first use; most requests never log before their end.
      get logger() {
        own ??= logger.child(toEcs(ids));
        return own;
      },
      user: null,
      route: null,
    };
    (request as InContext)[contextKey] = context;
    response.setHeader("X-Request-Id", requestId);
    const startedAt = performance.now();
    response.on("close", () => {
      const durationMs = performance.now() - startedAt;
      const { method } = request;
      const { statusCode: status, writableFinished: finished } = response;
      const route = context.route ?? routeOf(request);
      span?.end({ route, status, finished });
      onEnd({
        method,
        route,
        status,
        durationMs,
        isStream: response.getHeader("Content-Type") === "text/event-stream",
      });
      const level = probes.has(path) && status < 400 ? "debug" : "info";
      const actor = context.user?.id;
      logger[level]({ ...ids, method, path, status, finished, clientAddress, actor, durationMs }, "request");
    });
    if (span === null) next();
    else span.run(next);
  };
}

export function contextOf(request: Request): RequestContext {
  const context = (request as InContext)[contextKey];
  if (!context) throw new Error("request without context");
  return context;
}

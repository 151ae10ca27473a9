import { randomUUID } from "node:crypto";
import { isIP } from "node:net";
import type { NextFunction, Request, Response } from "express";
import addressBehindProxies from "proxy-addr";
import type { User } from "../identity/identity.ts";
import { toEcs } from "../log/log-fields.ts";
import type { Logger } from "../log/logger.ts";
import type { CallerSpan, Tracing } from "../tracing/tracing.ts";

/** What belongs to one request. */
export interface RequestContext {
  readonly requestId: string;
  /** Of the connection, or what a trusted proxy says. */
  readonly clientAddress: string;
  readonly logger: Logger;
  user: User | null;
  /** Path of the route that was chosen without a router, as it was registered. */
  route: string | null;
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
const traceShape = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;
const maxPathLength = 200;
const probes: ReadonlySet<string> = new Set(["/livez", "/readyz"]);

/** The one value of a header. */
function onlyValue(request: Request, name: string): string {
  const values = request.headersDistinct[name] ?? [];
  return values.length === 1 ? (values[0] ?? "") : "";
}

interface Origin {
  readonly requestId: string;
  readonly caller: CallerSpan | null;
  readonly clientAddress: string;
}

/** What a trusted proxy says of the request; of anybody else, or in another shape, nothing is taken over. */
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
  /** Whose X-Request-Id, traceparent and X-Forwarded-For are believed; nobody's when not given. */
  readonly isTrusted?: ((peer: string) => boolean) | undefined;
  /** `null`: off. */
  readonly tracing: Tracing | null;
}

/**
 * Gives every request an id, the trusted proxy's or one of our own making, and logs its end: path without query, since queries hold what people typed.
 * Health checks are logged at debug level.
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
      // Made when something is said about the request before its end; most go by without a word.
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

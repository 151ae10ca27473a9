/**
 * All log fields by their names in code: the name in the Elastic Common Schema, or `wsc.…` where the schema has none, and the
 * meaning. docs/logging.md is generated from this.
 */
export const logFields = {
  requestId: {
    name: "http.request.id",
    purpose: "id of the request, as in `X-Request-Id` of the answer and on error pages",
  },
  traceId: {
    name: "trace.id",
    purpose: "trace of the request by W3C Trace Context: the proxy's, or our own while tracing is on",
  },
  spanId: { name: "span.id", purpose: "span of the request while tracing is on" },
  method: { name: "http.request.method", purpose: "method of the request" },
  path: { name: "url.path", purpose: "path without query, at most 200 characters" },
  status: { name: "http.response.status_code", purpose: "status of our answer" },
  finished: { name: "wsc.finished", purpose: "whether the answer was sent to its end" },
  clientAddress: {
    name: "client.address",
    purpose: "address of the client: the connection's, or what a trusted proxy says",
  },
  actor: { name: "user.id", purpose: "who asked" },
  durationMs: { name: "event.duration", purpose: "how long it took, in nanoseconds (measured in milliseconds)" },
  code: { name: "error.code", purpose: "a code of [errors.md](errors.md), else the code of the error of the program" },
  reason: { name: "event.reason", purpose: "what the operator needs beside the code" },
  operation: { name: "wsc.upstream.operation", purpose: "call to NAVER Cloud, at debug level" },
  attempt: { name: "wsc.upstream.attempt", purpose: "number of the attempt of this call, from 1" },
  upstreamCode: { name: "wsc.upstream.code", purpose: "what the call came to: `0` or an error code" },
  httpStatus: { name: "wsc.upstream.status_code", purpose: "status of NAVER Cloud's answer" },
  upstreamTraceId: { name: "wsc.upstream.trace_id", purpose: "id under which NAVER Cloud's support finds the call" },
  submission: { name: "wsc.submission.id", purpose: "submission that the line is about" },
  state: { name: "wsc.submission.state", purpose: "its new state" },
  instanceNo: { name: "wsc.job.instance_no", purpose: "number of a job" },
  seq: {
    name: "wsc.audit.seq",
    purpose: "entry of the audit log at which it is anchored (`message` is `audit anchor`)",
  },
  hash: { name: "wsc.audit.hash", purpose: "hash of that entry: keep these lines elsewhere" },
  setting: { name: "wsc.setting", purpose: "name of a setting" },
  host: { name: "server.address", purpose: "address we listen on" },
  port: { name: "server.port", purpose: "port we listen on" },
  version: { name: "service.version", purpose: "version of the dashboard, when it starts to listen" },
} as const satisfies Readonly<Record<string, { readonly name: string; readonly purpose: string }>>;

/** Fields of every line, and of errors. */
export const commonFields = [
  { name: "@timestamp", purpose: "RFC 3339 in UTC, with milliseconds" },
  { name: "log.level", purpose: "`debug`, `info`, `warn`, `error` or `fatal`" },
  { name: "message", purpose: "a sentence of the program, never somebody else's words" },
  { name: "ecs.version", purpose: "version of the Elastic Common Schema" },
  { name: "service.name", purpose: "`wsc-dashboard`" },
  { name: "error.type", purpose: "class of an error of the program" },
  { name: "error.message", purpose: "its message" },
  { name: "error.stack_trace", purpose: "where it came from, with its causes" },
] as const;

const ecsNames = new Map<string, string>(Object.entries(logFields).map(([key, { name }]) => [key, name]));
const nanosecondsPerMs = 1_000_000;
const maxCauses = 5;

/** The stacks of an error and its causes, at most six. */
function stackOf(error: Error): string {
  const stacks: string[] = [];
  let cause: unknown = error;
  while (cause instanceof Error && stacks.length <= maxCauses) {
    stacks.push(cause.stack ?? `${cause.name}: ${cause.message}`);
    cause = cause.cause;
  }
  return stacks.join("\ncaused by: ");
}

/** Copies type, message and stack only: further properties that drivers add quote database values. */
function putError(error: unknown, line: Record<string, unknown>): void {
  if (error instanceof Error) {
    line["error.type"] = error.name;
    line["error.message"] = error.message;
    line["error.stack_trace"] = stackOf(error);
    if ("code" in error && typeof error.code === "string") line["error.code"] ??= error.code;
  } else if (error !== undefined && error !== null) {
    line["error.type"] = typeof error;
    line["error.message"] = String(error);
  }
}

/** Renames fields to their schema names; unlisted names become `wsc.…`. */
export function toEcs(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const line: Record<string, unknown> = {};
  for (const key in fields) {
    const value = fields[key];
    if (value === undefined) continue;
    if (key === "err") putError(value, line);
    else if (key === "durationMs") line["event.duration"] = Math.round(Number(value) * nanosecondsPerMs);
    else line[ecsNames.get(key) ?? (key.includes(".") ? key : `wsc.${key}`)] = value;
  }
  return line;
}

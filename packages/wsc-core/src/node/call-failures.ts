import { type DecodedAnswer, errorCodeOf, type FailureAnswer } from "../upstream/envelope.ts";
import type { WireRequest } from "../upstream/operations.ts";
import type { TransportFailure, WireAnswer } from "./signed-transport.ts";
import { readRetryAfter, UpstreamError } from "./upstream-error.ts";

/** The gateway refused the signature: the key or its time is wrong (docs/upstream-api.md). */
export const refusedSignatureCode = "200";

const failureCodes: Readonly<Record<TransportFailure["kind"], string>> = {
  unreachable: "UPSTREAM_UNREACHABLE",
  timeout: "UPSTREAM_TIMEOUT",
  interrupted: "UPSTREAM_INTERRUPTED",
  unreadable: "UPSTREAM_UNREADABLE",
};

/** The vendor's message, prefixed with its code when ours differs. */
function upstreamWords({ code, message }: FailureAnswer, ourCode: string): string {
  return [code === ourCode ? null : code, message].filter((part) => part !== null && part !== "").join(": ");
}

/** Builds the error for an unsuccessful response. `nowMs`: gateway time, against which a date in `Retry-After` is read. */
export function refusalError(
  { operation }: WireRequest,
  { httpStatus, traceId, retryAfter }: WireAnswer,
  decoded: Exclude<DecodedAnswer, { kind: "success" }>,
  nowMs: number,
): UpstreamError {
  const retryAfterMs = readRetryAfter(retryAfter, nowMs);
  const form = decoded.kind === "failure" ? decoded.form : null;
  const facts = { operation, httpStatus, form, sent: "maybe", retryAfterMs, traceId } as const;
  const details = retryAfterMs === null ? {} : { retryAfter: Math.ceil(retryAfterMs / 1000) };
  const code = errorCodeOf(decoded);
  if (decoded.kind === "unreadable") {
    const message = `${operation}: HTTP ${httpStatus} without a JSON object`;
    return new UpstreamError(code, message, facts, details);
  }
  const words = upstreamWords(decoded, code);
  const message = `${operation}: HTTP ${httpStatus}, code ${decoded.code ?? "none"}`;
  return new UpstreamError(code, message, facts, { ...details, ...(words === "" ? {} : { upstreamMessage: words }) });
}

/** Builds the error for a success whose payload cannot be read. */
export function unreadableError({ operation }: WireRequest, { httpStatus, traceId }: WireAnswer): UpstreamError {
  const facts = { operation, httpStatus, form: null, sent: "maybe", retryAfterMs: null, traceId } as const;
  return new UpstreamError("UPSTREAM_UNREADABLE", `${operation}: an answer that cannot be read`, facts);
}

/** Builds the error for an exchange that failed below HTTP. */
export function transportError({ operation }: WireRequest, { kind, sent, message }: TransportFailure): UpstreamError {
  const facts = { operation, httpStatus: null, form: null, sent, retryAfterMs: null, traceId: undefined } as const;
  return new UpstreamError(failureCodes[kind], `${operation}: ${message}`, facts);
}

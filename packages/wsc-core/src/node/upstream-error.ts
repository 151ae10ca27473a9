import type { EnvelopeForm } from "../errors/certain-refusal.ts";
import { WscError, type WscErrorDetails } from "../errors/problem.ts";
import type { UpstreamOperation } from "../upstream/operations.ts";
import { readHttpDate } from "./http-date.ts";

export interface UpstreamErrorFacts {
  readonly operation: UpstreamOperation;
  readonly httpStatus: number | null;
  /** Where the response carried the vendor's code; `null` without a readable response. */
  readonly form: EnvelopeForm | null;
  /** "no": certainly not executed by the upstream, as far as the transport knows. */
  readonly sent: "no" | "maybe";
  /** Milliseconds the upstream asked to wait. */
  readonly retryAfterMs: number | null;
  readonly traceId: string | undefined;
  /** Set when the call was not sent because calls of its kind failed before: the local time at which the next one is allowed. */
  readonly pausedUntil?: number;
}

/** A call to the upstream that did not succeed. `code` is the vendor's code if the response named one. */
export class UpstreamError extends WscError {
  readonly facts: UpstreamErrorFacts;

  constructor(code: string, operatorMessage: string, facts: UpstreamErrorFacts, details: WscErrorDetails = {}) {
    super(code, operatorMessage, details);
    this.facts = facts;
  }
}

const maxWaitMs = 15 * 60_000;

function retryAfterMs(text: string, nowMs: number): number {
  // Fractions are not in the standard, but their meaning is clear.
  if (/^\d{1,15}(?:\.\d{1,6})?$/.test(text)) return Number(text) * 1000;
  return readHttpDate(text) - nowMs;
}

/** Reads `Retry-After` (RFC 9110 section 10.2.3), seconds or HTTP date, clamped to 1 s … 15 min; `null` if invalid. */
export function readRetryAfter(header: string | undefined, nowMs: number): number | null {
  const ms = header === undefined ? Number.NaN : retryAfterMs(header.trim(), nowMs);
  return Number.isNaN(ms) ? null : Math.min(maxWaitMs, Math.max(1000, ms));
}

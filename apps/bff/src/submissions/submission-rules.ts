import { errorEntry } from "@wsc-dashboard/wsc-core";

/** Timings of the state machine, in milliseconds. */
export interface SubmissionTimings {
  readonly dispatchTickMs: number;
  readonly createSpacingMs: number;
  readonly reconcileStepMs: number;
  readonly signatureValidityMs: number;
  readonly indexLagMs: number;
  readonly misfireGraceMs: number;
  readonly upstreamTimeoutMs: number;
}

/** A signature older than this is not sent any more: the process was asleep. */
export const maxSigningAgeMs = 30_000;
/** How often an attempt may be proven to have made no job before a person decides. */
export const maxProvenAbsent = 3;
export const maxAttempts = 8;

const secondsOfStep = 15;
const searchSeconds = [2, 10, 30, 60];
const laterSearchSeconds = 60;

/** When, after signing, search number `searches` (from 0) takes place. All waits scale with the reconcile step. */
export function searchDelayMs(
  searches: number,
  { reconcileStepMs }: Pick<SubmissionTimings, "reconcileStepMs">,
): number {
  const last = searchSeconds.length - 1;
  const seconds = searchSeconds[searches] ?? (searchSeconds[last] ?? 0) + laterSearchSeconds * (searches - last);
  return Math.round((seconds / secondsOfStep) * reconcileStepMs);
}

/**
 * The instant from which a search that finds nothing counts: no copy of the request can be accepted any more, and what was
 * accepted before is visible.
 */
export function fenceEndsAt(signedAt: number, { signatureValidityMs, indexLagMs }: SubmissionTimings): number {
  return signedAt + signatureValidityMs + indexLagMs;
}

const waitMinutes = { first: 2, longest: 10 } as const;
const minuteMs = 60_000;
/** What one refusal asks everybody to wait at most; the upstream's own wish is cut to as much. */
export const longestGateMs = 15 * minuteMs;
const quotaGateMs = { first: minuteMs, longest: longestGateMs } as const;

export type Verdict =
  /** Certainly no job; asking again brings the same. */
  | { readonly kind: "failed" }
  /** Certainly no job; worth another try after `waitMs`. `gateMs` closes the way for everybody. */
  | { readonly kind: "wait"; readonly waitMs: number; readonly gateMs: number }
  /** A job of the target exists; perhaps ours. */
  | { readonly kind: "exists"; readonly waitMs: number }
  /** Nobody knows. */
  | { readonly kind: "doubt" };

const doubling = (first: number, longest: number, attempt: number): number =>
  Math.min(longest, first * 2 ** Math.max(0, attempt - 1));

/**
 * What a refusal of createJob means. `attempt` counts from 1; `retryAfterMs` is what the upstream asked for; `clockMoved` says
 * that the answer corrected our idea of the gateway's time.
 */
export function judgeRefusal(
  code: string,
  {
    attempt,
    sent,
    retryAfterMs,
    clockMoved,
  }: { attempt: number; sent: "no" | "maybe"; retryAfterMs: number | null; clockMoved: boolean },
): Verdict {
  if (sent === "no") return { kind: "wait", waitMs: doubling(5_000, minuteMs, attempt), gateMs: 0 };
  switch (code) {
    case "410":
    case "420": {
      const waitMs = retryAfterMs ?? doubling(1_000, minuteMs, attempt);
      return { kind: "wait", waitMs, gateMs: waitMs };
    }
    case "400": {
      const waitMs = retryAfterMs ?? doubling(quotaGateMs.first, quotaGateMs.longest, attempt);
      return { kind: "wait", waitMs, gateMs: waitMs };
    }
    case "200":
      return clockMoved ? { kind: "wait", waitMs: 0, gateMs: 0 } : { kind: "failed" };
    case "160452":
    case "160454":
      return {
        kind: "wait",
        waitMs: doubling(waitMinutes.first * minuteMs, waitMinutes.longest * minuteMs, attempt),
        gateMs: 0,
      };
    case "160453":
      return {
        kind: "exists",
        waitMs: doubling(waitMinutes.first * minuteMs, waitMinutes.longest * minuteMs, attempt),
      };
    default:
      return errorEntry(code).created === "no" ? { kind: "failed" } : { kind: "doubt" };
  }
}

import type { SubmissionState } from "@wsc-dashboard/wsc-core";
import type { ChangeName } from "./transitions.ts";

// Decisions of the outbox without I/O: from known facts to the transition that follows.

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

/** A request with an older signature is not sent: the process was suspended. */
export const maxSigningAgeMs = 30_000;
/** An attempt may be proven to have created no job this many times before a person decides. */
export const maxProvenAbsent = 3;
export const maxAttempts = 8;

const secondsOfStep = 15;
const searchSeconds = [2, 10, 30, 60];
const laterSearchSeconds = 60;

/** Delay from signing to search number `searches` (from 0), in milliseconds. All delays scale with the reconciliation step. */
export function searchDelayMs(
  searches: number,
  { reconcileStepMs }: Pick<SubmissionTimings, "reconcileStepMs">,
): number {
  const last = searchSeconds.length - 1;
  const seconds = searchSeconds[searches] ?? (searchSeconds[last] ?? 0) + laterSearchSeconds * (searches - last);
  return Math.round((seconds / secondsOfStep) * reconcileStepMs);
}

/**
 * The instant from which an empty search counts: no copy of the request can be accepted any more, and a job accepted before is
 * visible in the list.
 */
export function absenceProofStartsAt(
  signedAt: number,
  { signatureValidityMs, indexLagMs }: Pick<SubmissionTimings, "signatureValidityMs" | "indexLagMs">,
): number {
  return signedAt + signatureValidityMs + indexLagMs;
}

const waitMinutes = { first: 2, max: 10 } as const;
const minuteMs = 60_000;
/** Longest time for which one refusal closes the send lock; a longer wait that the upstream asks for is cut to this. */
export const maxLockedMs = 15 * minuteMs;
const quotaLockMs = { first: minuteMs, max: maxLockedMs } as const;

export type RefusalVerdict =
  /** Certainly no job; a retry would fail the same way. */
  | { readonly kind: "failed" }
  /** Certainly no job; retried after `waitMs`. `lockMs` keeps the send lock closed. */
  | { readonly kind: "wait"; readonly waitMs: number; readonly lockMs: number }
  /** The target has a job; it may be ours. */
  | { readonly kind: "exists"; readonly waitMs: number }
  /** Outcome unknown. */
  | { readonly kind: "doubt" };

const doubling = (first: number, max: number, attempt: number): number =>
  Math.min(max, first * 2 ** Math.max(0, attempt - 1));

/**
 * What a refusal of createJob means. `attempt` counts from 1; `retryAfterMs` is what the upstream asked for; `clockMoved`: our
 * estimate of the gateway's time changed, and no signature by it was accepted yet; `certain`: the response rules out a job (isCertainRefusal). Without
 * `certain` the outcome is unknown, whatever the code.
 */
export function judgeRefusal(
  code: string,
  {
    attempt,
    sent,
    retryAfterMs,
    clockMoved,
    certain,
  }: {
    attempt: number;
    sent: "no" | "maybe";
    retryAfterMs: number | null;
    clockMoved: boolean;
    certain: boolean;
  },
): RefusalVerdict {
  if (sent === "no") return { kind: "wait", waitMs: doubling(5_000, minuteMs, attempt), lockMs: 0 };
  if (!certain) return { kind: "doubt" };
  switch (code) {
    case "410":
    case "420": {
      const waitMs = retryAfterMs ?? doubling(1_000, minuteMs, attempt);
      return { kind: "wait", waitMs, lockMs: waitMs };
    }
    case "400": {
      const waitMs = retryAfterMs ?? doubling(quotaLockMs.first, quotaLockMs.max, attempt);
      return { kind: "wait", waitMs, lockMs: waitMs };
    }
    case "200":
      if (!clockMoved) return { kind: "failed" };
      return { kind: "wait", waitMs: attempt === 1 ? 0 : doubling(1_000, minuteMs, attempt - 1), lockMs: 0 };
    case "160452":
    case "160454":
      return {
        kind: "wait",
        waitMs: doubling(waitMinutes.first * minuteMs, waitMinutes.max * minuteMs, attempt),
        lockMs: 0,
      };
    case "160453":
      return {
        kind: "exists",
        waitMs: doubling(waitMinutes.first * minuteMs, waitMinutes.max * minuteMs, attempt),
      };
    default:
      return { kind: "failed" };
  }
}

/** Facts about a submission when a decision is made; times in milliseconds by the gateway's clock. */
export interface Progress {
  readonly dueAt: number;
  readonly attempts: number;
  readonly provenAbsent: number;
}

const isInTime = (at: number, dueAt: number, { misfireGraceMs }: Pick<SubmissionTimings, "misfireGraceMs">): boolean =>
  at <= dueAt + misfireGraceMs;

/** The transition after a response that rules out a job. `retry` is `null` when another attempt would fail the same way. */
export function afterRefusal(
  { dueAt, attempts }: Pick<Progress, "dueAt" | "attempts">,
  at: number,
  retry: { readonly waitMs: number } | null,
  timings: Pick<SubmissionTimings, "misfireGraceMs">,
): "retryLater" | "refuse" | "refuseTooLate" {
  if (retry === null || attempts >= maxAttempts) return "refuse";
  return isInTime(at + retry.waitMs, dueAt, timings) ? "retryLater" : "refuseTooLate";
}

/** What the jobs that carry a token mean for its submission. */
export type SearchVerdict = "absent" | "found" | "doubled";
export function judgeSearch(found: readonly unknown[]): SearchVerdict {
  return found.length === 0 ? "absent" : found.length === 1 ? "found" : "doubled";
}

/** Counts of empty searches since the latest call. */
export interface Absences {
  readonly searches: number;
  /** Consecutive searches that count as proof of absence. */
  readonly absences: number;
  readonly lastAbsenceAt: number | null;
  /** Consecutive searches that proved nothing although absence could already be proven. */
  readonly unproven: number;
}

/** Outcome of a search that did not find the job: the list proves its absence, the list proves nothing, or the search failed. */
export type EmptySearch = "absent" | "unproven" | "failed";

/**
 * Counts one more empty search. It counts as absence when it began after `proofStartsAt` and at least one reconciliation step
 * after the previous one; two in a row prove that there is no job. A search that proved nothing resets the count.
 */
export function countAbsence(
  { searches, absences, lastAbsenceAt, unproven }: Absences,
  { startedAt, outcome }: { readonly startedAt: number; readonly outcome: EmptySearch },
  proofStartsAt: number,
  { reconcileStepMs }: Pick<SubmissionTimings, "reconcileStepMs">,
): Absences & { readonly isProven: boolean } {
  if (outcome !== "absent") {
    const isUnproven = outcome === "unproven" && startedAt >= proofStartsAt;
    const broken = { searches: searches + 1, absences: 0, lastAbsenceAt: null, isProven: false };
    return { ...broken, unproven: isUnproven ? unproven + 1 : unproven };
  }
  const isSpaced = lastAbsenceAt === null || startedAt - lastAbsenceAt >= reconcileStepMs;
  const counts = startedAt >= proofStartsAt && isSpaced;
  const counted = counts ? absences + 1 : absences;
  return {
    searches: searches + 1,
    absences: counted,
    lastAbsenceAt: counts ? startedAt : lastAbsenceAt,
    unproven: 0,
    isProven: counted >= neededAbsences,
  };
}
const neededAbsences = 2;

/** A list may prove nothing this many times in a row before a person decides. */
const maxUnproven = 4;
/** Reconciliation steps without proof before a person decides: half an hour with steps of 15 seconds. */
const maxUnprovenSteps = 120;
/** Searches before the time alone leaves a submission to a person: a process that was away for hours searches as well. */
const minSearches = 20;

/** Whether to stop searching because the list has proven nothing since the instant from which it could. */
export function isSearchGivenUp(
  { searches, unproven }: Pick<Absences, "searches" | "unproven">,
  at: number,
  proofStartsAt: number,
  { reconcileStepMs }: Pick<SubmissionTimings, "reconcileStepMs">,
): boolean {
  const isTimeOver = at - proofStartsAt >= maxUnprovenSteps * reconcileStepMs;
  return unproven >= maxUnproven || (isTimeOver && searches >= minSearches);
}

/** When to search the list again. */
export function nextSearchAt(
  { searches, absences, unproven }: Absences,
  signedAt: number,
  at: number,
  timings: Pick<SubmissionTimings, "reconcileStepMs" | "signatureValidityMs" | "indexLagMs">,
): number {
  const { reconcileStepMs } = timings;
  if (absences > 0 || unproven > 0) return at + reconcileStepMs;
  const isLate = at >= absenceProofStartsAt(signedAt, timings);
  const pauseMs = isLate ? reconcileStepMs : Math.ceil(reconcileStepMs / secondsOfStep);
  return Math.max(signedAt + searchDelayMs(searches, timings), at + pauseMs);
}

/**
 * The transition after a call that is proven to have created no job. `provenAbsent` and `attempts` include this call;
 * `isBlocked`: absence proves nothing for this account.
 */
export function afterAbsence(
  { dueAt, attempts, provenAbsent }: Progress,
  at: number,
  isBlocked: boolean,
  timings: Pick<SubmissionTimings, "misfireGraceMs">,
): "sendAgain" | "absentToPerson" | "absentTooLate" {
  if (isBlocked || provenAbsent >= maxProvenAbsent || attempts >= maxAttempts) return "absentToPerson";
  return isInTime(at, dueAt, timings) ? "sendAgain" : "absentTooLate";
}

/** What blocks a due submission. */
export interface DueFacts {
  /** Another submission of its target is in flight. */
  readonly isTargetBusy: boolean;
  /** The collision rule of its schedule; `null` for submissions that people requested. */
  readonly collision: "skip" | "queue" | null;
  readonly isBlackedOut: boolean;
  readonly isOverBudget: boolean;
}

/** The transition of a submission that is due. */
export function afterDue(
  { state, dueAt }: { readonly state: SubmissionState; readonly dueAt: number },
  at: number,
  { isTargetBusy, collision, isBlackedOut, isOverBudget }: DueFacts,
  timings: Pick<SubmissionTimings, "misfireGraceMs">,
): "miss" | "skip" | "postpone" | "hold" | "holdLonger" | "claim" {
  if (!isInTime(at, dueAt, timings)) return "miss";
  if (isTargetBusy) return collision === "skip" ? "skip" : "postpone";
  if (isBlackedOut) return "postpone";
  if (isOverBudget) return state === "HELD" ? "holdLonger" : "hold";
  return "claim";
}

/** The transition of a submission whose process is gone; `null` when there is nothing to take over. */
export function afterLostLease(state: SubmissionState): "recoverClaim" | "recoverCall" | "recoverSearch" | null {
  if (state === "CLAIMED") return "recoverClaim";
  if (state === "DISPATCHING") return "recoverCall";
  return state === "ACCEPTED" || state === "IN_DOUBT" ? "recoverSearch" : null;
}

/** The transition of a run whose schedule was paused, changed or deleted; `null` when it is settled. */
export function afterWithdrawal(state: SubmissionState): "withdraw" | "withdrawCall" | null {
  switch (state) {
    case "SCHEDULED":
    case "HELD":
    case "RETRY_WAIT":
    case "CLAIMED":
      return "withdraw";
    case "DISPATCHING":
    case "ACCEPTED":
    case "IN_DOUBT":
    case "NEEDS_REVIEW":
      return "withdrawCall";
    default:
      return null;
  }
}

/** Replacements for transitions that lead to another call, when the schedule no longer wants the run. */
export const transitionWhenWithdrawn = {
  retryLater: "refuseWithdrawn",
  sendAgain: "absentWithdrawn",
  recoverClaim: "withdraw",
} as const satisfies Partial<Record<ChangeName, ChangeName>>;

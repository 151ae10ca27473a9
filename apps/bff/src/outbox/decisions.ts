import type { SubmissionState } from "@wsc-dashboard/wsc-core";
import type { ChangeName } from "./transitions.ts";

// What the outbox decides, without I/O: given what is known, which transition follows.

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
export function absenceProofStartsAt(signedAt: number, { signatureValidityMs, indexLagMs }: SubmissionTimings): number {
  return signedAt + signatureValidityMs + indexLagMs;
}

const waitMinutes = { first: 2, max: 10 } as const;
const minuteMs = 60_000;
/** Longest time for which one refusal closes the send lock; what the upstream asks for is cut to as much. */
export const maxLockedMs = 15 * minuteMs;
const quotaLockMs = { first: minuteMs, max: maxLockedMs } as const;

export type RefusalVerdict =
  /** Certainly no job; asking again brings the same. */
  | { readonly kind: "failed" }
  /** Certainly no job; worth another try after `waitMs`. `lockMs` keeps the send lock closed. */
  | { readonly kind: "wait"; readonly waitMs: number; readonly lockMs: number }
  /** A job of the target exists; perhaps ours. */
  | { readonly kind: "exists"; readonly waitMs: number }
  /** Unknown. */
  | { readonly kind: "doubt" };

const doubling = (first: number, max: number, attempt: number): number =>
  Math.min(max, first * 2 ** Math.max(0, attempt - 1));

/**
 * What a refusal of createJob means. `attempt` counts from 1; `retryAfterMs` is what the upstream asked for; `clockMoved` says
 * that the answer corrected our idea of the gateway's time; `certain` that the answer rules a job out (isCertainRefusal). Without
 * that an answer leaves doubt, whatever its code.
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
      return clockMoved ? { kind: "wait", waitMs: 0, lockMs: 0 } : { kind: "failed" };
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

/** What is known of a submission when a decision about it is made; times in milliseconds by the gateway's clock. */
export interface Progress {
  readonly dueAt: number;
  readonly attempts: number;
  readonly provenAbsent: number;
}

const isInTime = (at: number, dueAt: number, { misfireGraceMs }: Pick<SubmissionTimings, "misfireGraceMs">): boolean =>
  at <= dueAt + misfireGraceMs;

/** The transition after an answer that says certainly "no job". `retry`: `null` when another attempt brings the same. */
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

/** Searches without a hit since the latest call. */
export interface Absences {
  readonly searches: number;
  /** Of those in a row that count. */
  readonly absences: number;
  readonly lastAbsenceAt: number | null;
  /** Of those in a row, since absence could be proven, that proved nothing. */
  readonly unproven: number;
}

/** What a search came to that did not meet the job: the list proves that it is not there, or proves nothing, or gave no answer. */
export type EmptySearch = "absent" | "unproven" | "failed";

/**
 * Counts one more search that found nothing. It counts as absence when it began after the instant from which absence can be
 * proven, and a step after the one before; two in a row prove that there is no job. A search that proved nothing breaks the row.
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

/** How often in a row a list may prove nothing before a person decides. */
const maxUnproven = 4;
/** How long nothing can be proven before a person decides, in steps of reconciliation: half an hour with steps of 15 seconds. */
const maxUnprovenSteps = 120;

/** Whether the search is over, although the list has proven nothing since the instant from which it could. */
export function isSearchGivenUp(
  unproven: number,
  at: number,
  proofStartsAt: number,
  { reconcileStepMs }: Pick<SubmissionTimings, "reconcileStepMs">,
): boolean {
  return unproven >= maxUnproven || at - proofStartsAt >= maxUnprovenSteps * reconcileStepMs;
}

/** When the list is searched again. */
export function nextSearchAt(
  { searches, absences, unproven }: Absences,
  signedAt: number,
  at: number,
  timings: Pick<SubmissionTimings, "reconcileStepMs">,
): number {
  const { reconcileStepMs } = timings;
  if (absences > 0 || unproven > 0) return at + reconcileStepMs;
  return Math.max(signedAt + searchDelayMs(searches, timings), at + Math.ceil(reconcileStepMs / secondsOfStep));
}

/**
 * The transition after a call that is proven to have made no job. `provenAbsent` and `attempts` include this one; `isBlocked` says
 * that absence proves nothing for this account.
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

/** What stands in the way of a submission that is due. */
export interface DueFacts {
  /** Another submission of its target is in flight. */
  readonly isTargetBusy: boolean;
  /** What its schedule says about that; `null` for what people ask for themselves. */
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

/** What becomes of a run whose process is gone; `null` when there is nothing to take over. */
export function afterLostLease(state: SubmissionState): "recoverClaim" | "recoverCall" | "recoverSearch" | null {
  if (state === "CLAIMED") return "recoverClaim";
  if (state === "DISPATCHING") return "recoverCall";
  return state === "ACCEPTED" || state === "IN_DOUBT" ? "recoverSearch" : null;
}

/** What becomes of a run whose schedule is paused, changed or deleted; `null` when it is settled. */
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

/** What takes the place of a transition to another call when the run's schedule no longer wants it. */
export const transitionWhenWithdrawn = {
  retryLater: "refuseWithdrawn",
  sendAgain: "absentWithdrawn",
  recoverClaim: "withdraw",
} as const satisfies Partial<Record<ChangeName, ChangeName>>;

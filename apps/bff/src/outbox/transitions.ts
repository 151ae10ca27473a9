import type { AuditAction, SubmissionState } from "@wsc-dashboard/wsc-core";
import { searching, waiting } from "./states.ts";

/**
 * One way in which a submission changes. Plain data without I/O: `apply-transition.ts` applies it, `docs/architecture.md` draws
 * it, and a model checker of the protocol can explore it.
 */
export interface Transition {
  /** What happened, for the documentation. */
  readonly meaning: string;
  /** States that it starts from; empty when it inserts a row. */
  readonly from: readonly SubmissionState[];
  readonly to: SubmissionState | "same";
  /** Whether the schedule of the run may have been paused, changed or deleted before. */
  readonly withdrawn: "must not be" | "must be" | "may be";
  /** Audit log entry written in the same transaction. */
  readonly audit: { readonly action: AuditAction; readonly result: "intent" | "done" | "refused" | "failed" } | null;
  /** Booking in the budget ledger: made unless it exists, returned, or unchanged. */
  readonly budget: "book" | "release" | "keep";
  /** Send lock: must just have been taken, must be held and is extended, is released by this process, or is unchanged. */
  readonly sendLock: "taken" | "extend" | "release" | "keep";
  /** Encrypted target credentials: kept, or erased once the transaction is committed. */
  readonly credentials: "keep" | "erase";
  /** When the row is processed next: never, now, at an instant that the caller gives, or unchanged. */
  readonly nextLook: "never" | "now" | "given" | "keep";
  /** The lease on the row; one that is taken must be free. */
  readonly lease: "take" | "extend" | "drop" | "keep";
  /** Whether the row gets a new version, so that writes with the previous version are refused. */
  readonly version: "next" | "keep";
}

const notSent = { budget: "release", credentials: "erase", nextLook: "never", lease: "drop" } as const;
const undisturbed = { budget: "keep", sendLock: "keep", credentials: "keep", version: "keep" } as const;
const byPerson = { sendLock: "keep", lease: "drop", version: "next" } as const;

/** Every change of a row of `submission`, by event. */
export const transitions = {
  create: {
    meaning: "asked for, or made by a schedule",
    from: [],
    to: "SCHEDULED",
    withdrawn: "must not be",
    audit: { action: "submission.create", result: "done" },
    ...undisturbed,
    nextLook: "given",
    lease: "keep",
  },
  createMissed: {
    meaning: "made by a schedule when its time was over",
    from: [],
    to: "MISSED",
    withdrawn: "must not be",
    audit: { action: "submission.miss", result: "failed" },
    ...undisturbed,
    credentials: "erase",
    nextLook: "never",
    lease: "keep",
  },

  postpone: {
    meaning: "target busy, or blackout hours",
    from: waiting,
    to: "same",
    withdrawn: "must not be",
    audit: null,
    ...undisturbed,
    nextLook: "given",
    lease: "keep",
  },
  hold: {
    meaning: "budget used up",
    from: ["SCHEDULED", "RETRY_WAIT"],
    to: "HELD",
    withdrawn: "must not be",
    audit: { action: "submission.hold", result: "refused" },
    ...undisturbed,
    nextLook: "given",
    lease: "keep",
  },
  holdLonger: {
    meaning: "budget still used up",
    from: ["HELD"],
    to: "same",
    withdrawn: "must not be",
    audit: null,
    ...undisturbed,
    nextLook: "given",
    lease: "keep",
  },
  skip: {
    meaning: "target busy, and the schedule leaves such runs out",
    from: waiting,
    to: "CANCELLED",
    withdrawn: "may be",
    audit: { action: "submission.skip", result: "refused" },
    ...notSent,
    sendLock: "keep",
    version: "keep",
  },
  miss: {
    meaning: "grace over",
    from: waiting,
    to: "MISSED",
    withdrawn: "may be",
    audit: { action: "submission.miss", result: "failed" },
    ...notSent,
    sendLock: "keep",
    version: "keep",
  },
  claim: {
    meaning: "due, and the send lock is free",
    from: waiting,
    to: "CLAIMED",
    withdrawn: "must not be",
    audit: null,
    budget: "book",
    sendLock: "taken",
    credentials: "keep",
    nextLook: "keep",
    lease: "take",
    version: "next",
  },

  beginDispatch: {
    meaning: "recorded before the first byte leaves",
    from: ["CLAIMED"],
    to: "DISPATCHING",
    withdrawn: "must not be",
    audit: { action: "job.create", result: "intent" },
    budget: "keep",
    sendLock: "extend",
    credentials: "keep",
    nextLook: "keep",
    lease: "extend",
    version: "keep",
  },
  abandon: {
    meaning: "target cannot be scanned now, nothing sent",
    from: ["CLAIMED"],
    to: "FAILED",
    withdrawn: "may be",
    audit: { action: "job.create", result: "refused" },
    ...notSent,
    sendLock: "release",
    version: "keep",
  },
  abandonToPerson: {
    meaning: "target credentials missing or unreadable, nothing sent",
    from: ["CLAIMED"],
    to: "NEEDS_REVIEW",
    withdrawn: "may be",
    audit: { action: "job.create", result: "refused" },
    budget: "release",
    sendLock: "release",
    credentials: "keep",
    nextLook: "never",
    lease: "drop",
    version: "keep",
  },

  bind: {
    meaning: "refused because a job of the target is there already, and the list shows that it is this one",
    from: ["DISPATCHING", ...searching],
    to: "BOUND",
    withdrawn: "may be",
    audit: { action: "job.create", result: "done" },
    budget: "book",
    sendLock: "release",
    credentials: "erase",
    nextLook: "never",
    lease: "drop",
    version: "keep",
  },
  find: {
    meaning: "the list has one job with the token",
    from: [...searching, ...waiting, "NEEDS_REVIEW", "MISSED"],
    to: "BOUND",
    withdrawn: "may be",
    audit: { action: "job.create", result: "done" },
    budget: "book",
    sendLock: "keep",
    credentials: "erase",
    nextLook: "never",
    lease: "drop",
    version: "keep",
  },
  accept: {
    meaning: "accepted; the list says which job it is",
    from: ["DISPATCHING"],
    to: "ACCEPTED",
    withdrawn: "may be",
    audit: { action: "job.create", result: "done" },
    budget: "keep",
    sendLock: "release",
    credentials: "keep",
    nextLook: "given",
    lease: "drop",
    version: "keep",
  },
  doubt: {
    meaning: "the answer does not say whether the job exists",
    from: ["DISPATCHING"],
    to: "IN_DOUBT",
    withdrawn: "may be",
    audit: { action: "job.create", result: "failed" },
    budget: "keep",
    sendLock: "release",
    credentials: "keep",
    nextLook: "given",
    lease: "drop",
    version: "keep",
  },
  retryLater: {
    meaning: "certainly no job, worth another attempt",
    from: ["DISPATCHING", "IN_DOUBT"],
    to: "RETRY_WAIT",
    withdrawn: "must not be",
    audit: { action: "job.create", result: "refused" },
    budget: "keep",
    sendLock: "release",
    credentials: "keep",
    nextLook: "given",
    lease: "drop",
    version: "keep",
  },
  refuse: {
    meaning: "certainly no job, and another attempt brings none",
    from: ["DISPATCHING", "IN_DOUBT"],
    to: "FAILED",
    withdrawn: "may be",
    audit: { action: "job.create", result: "refused" },
    ...notSent,
    sendLock: "release",
    version: "keep",
  },
  refuseTooLate: {
    meaning: "certainly no job, and another attempt would be too late",
    from: ["DISPATCHING", "IN_DOUBT"],
    to: "MISSED",
    withdrawn: "may be",
    audit: { action: "job.create", result: "refused" },
    ...notSent,
    sendLock: "release",
    version: "keep",
  },
  refuseWithdrawn: {
    meaning: "certainly no job, and the schedule no longer wants one",
    from: ["DISPATCHING", "IN_DOUBT"],
    to: "CANCELLED",
    withdrawn: "must be",
    audit: { action: "job.create", result: "refused" },
    ...notSent,
    sendLock: "release",
    version: "keep",
  },

  takeSearch: {
    meaning: "a process searches the list",
    from: searching,
    to: "same",
    withdrawn: "may be",
    audit: null,
    ...undisturbed,
    nextLook: "keep",
    lease: "take",
  },
  searchAgain: {
    meaning: "not in the list, which proves nothing yet",
    from: searching,
    to: "same",
    withdrawn: "may be",
    audit: null,
    ...undisturbed,
    nextLook: "given",
    lease: "drop",
  },
  sendAgain: {
    meaning: "proven absent",
    from: searching,
    to: "RETRY_WAIT",
    withdrawn: "must not be",
    audit: { action: "submission.absent", result: "done" },
    ...undisturbed,
    nextLook: "now",
    lease: "drop",
  },
  absentTooLate: {
    meaning: "proven absent, grace over",
    from: searching,
    to: "MISSED",
    withdrawn: "may be",
    audit: { action: "submission.absent", result: "done" },
    ...notSent,
    sendLock: "keep",
    version: "keep",
  },
  absentWithdrawn: {
    meaning: "proven absent, and the schedule no longer wants it",
    from: searching,
    to: "CANCELLED",
    withdrawn: "must be",
    audit: { action: "submission.absent", result: "done" },
    ...notSent,
    sendLock: "keep",
    version: "keep",
  },
  absentToPerson: {
    meaning: "absent too often, or absence proves nothing",
    from: searching,
    to: "NEEDS_REVIEW",
    withdrawn: "may be",
    audit: { action: "submission.absent", result: "done" },
    ...undisturbed,
    nextLook: "never",
    lease: "drop",
  },
  unprovenToPerson: {
    meaning: "not in the list, which cannot prove that there is no job",
    from: [...searching, ...waiting],
    to: "NEEDS_REVIEW",
    withdrawn: "may be",
    audit: { action: "submission.review", result: "failed" },
    ...undisturbed,
    nextLook: "never",
    lease: "drop",
  },
  review: {
    meaning: "the list has several jobs with the token",
    from: [...searching, ...waiting],
    to: "NEEDS_REVIEW",
    withdrawn: "may be",
    audit: { action: "submission.review", result: "failed" },
    budget: "book",
    sendLock: "keep",
    credentials: "keep",
    nextLook: "never",
    lease: "drop",
    version: "keep",
  },

  recoverClaim: {
    meaning: "its process is gone, nothing had left",
    from: ["CLAIMED"],
    to: "SCHEDULED",
    withdrawn: "must not be",
    audit: { action: "submission.recover", result: "done" },
    budget: "keep",
    sendLock: "keep",
    credentials: "keep",
    nextLook: "now",
    lease: "drop",
    version: "next",
  },
  recoverCall: {
    meaning: "its process has ended, and the outcome of its call is unknown",
    from: ["DISPATCHING"],
    to: "IN_DOUBT",
    withdrawn: "may be",
    audit: { action: "submission.recover", result: "done" },
    ...undisturbed,
    nextLook: "now",
    lease: "drop",
  },
  recoverSearch: {
    meaning: "its process is gone, another one searches",
    from: searching,
    to: "same",
    withdrawn: "may be",
    audit: null,
    ...undisturbed,
    nextLook: "keep",
    lease: "drop",
  },

  cancel: {
    meaning: "cancelled by a person",
    from: waiting,
    to: "CANCELLED",
    withdrawn: "may be",
    audit: { action: "submission.cancel", result: "done" },
    ...notSent,
    ...byPerson,
  },
  withdraw: {
    meaning: "its schedule was paused, changed or deleted before a call left",
    from: [...waiting, "CLAIMED"],
    to: "CANCELLED",
    withdrawn: "may be",
    audit: { action: "submission.cancel", result: "done" },
    ...notSent,
    ...byPerson,
  },
  withdrawCall: {
    meaning: "its schedule was paused, changed or deleted after a call left: bound if the job exists, never sent again",
    from: ["DISPATCHING", ...searching, "NEEDS_REVIEW"],
    to: "same",
    withdrawn: "must not be",
    audit: null,
    ...undisturbed,
    nextLook: "keep",
    lease: "keep",
  },
  resolveExists: {
    meaning: "a person names the job",
    from: ["NEEDS_REVIEW"],
    to: "BOUND",
    withdrawn: "may be",
    audit: { action: "submission.resolve.exists", result: "done" },
    budget: "book",
    credentials: "erase",
    nextLook: "never",
    ...byPerson,
  },
  resolveResend: {
    meaning: "a person has it sent again",
    from: ["NEEDS_REVIEW"],
    to: "RETRY_WAIT",
    withdrawn: "must not be",
    audit: { action: "submission.resolve.resend", result: "done" },
    budget: "keep",
    credentials: "keep",
    nextLook: "now",
    ...byPerson,
  },
  resolveDrop: {
    meaning: "a person gives it up",
    from: ["NEEDS_REVIEW"],
    to: "CANCELLED",
    withdrawn: "may be",
    audit: { action: "submission.resolve.drop", result: "done" },
    ...notSent,
    ...byPerson,
  },
} as const satisfies Readonly<Record<string, Transition>>;

export type TransitionName = keyof typeof transitions;
type EventFrom<Field extends keyof Transition, Value> = {
  [Name in TransitionName]: (typeof transitions)[Name][Field] extends Value ? Name : never;
}[TransitionName];

/** Events that insert a row, and those that change one. */
export type InsertName = EventFrom<"from", readonly []>;
export type ChangeName = Exclude<TransitionName, InsertName>;
/** Events for which the caller gives the next processing time. */
export type GivenNextLookName = EventFrom<"nextLook", "given">;

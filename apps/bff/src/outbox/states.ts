import type { Submission, SubmissionState } from "@wsc-dashboard/wsc-core";

export type Reason = NonNullable<Submission["reason"]>;

/** Reason codes of requests that ended because the scanner could not log in to the target (docs/upstream-api.md). */
const loginFailures: ReadonlySet<string> = new Set(["160332", "160351"]);
export const isLoginFailure = (code: string): boolean => loginFailures.has(code);

/** Nothing is in progress; the submission is claimed when it is due. */
export const waiting = ["SCHEDULED", "HELD", "RETRY_WAIT"] as const satisfies readonly SubmissionState[];
/** A call has left; the list of jobs is searched for its outcome. */
export const searching = ["ACCEPTED", "IN_DOUBT"] as const satisfies readonly SubmissionState[];
/** The call may create a job of the target at any moment. */
export const inFlight = ["CLAIMED", "DISPATCHING", ...searching] as const satisfies readonly SubmissionState[];
/** Final states. Only a job found later changes a MISSED submission once more. */
export const settled = ["BOUND", "MISSED", "FAILED", "CANCELLED"] as const satisfies readonly SubmissionState[];

const settledStates: ReadonlySet<SubmissionState> = new Set(settled);
export const isSettled = (state: SubmissionState): boolean => settledStates.has(state);

const searchingStates: ReadonlySet<SubmissionState> = new Set(searching);
export const isSearching = (state: SubmissionState): boolean => searchingStates.has(state);

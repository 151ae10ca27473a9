import type { Submission, SubmissionState } from "@wsc-dashboard/wsc-core";

/** What needs a person first, then what is under way, then what is reserved, and last what has ended. */
const rank: Readonly<Record<SubmissionState, number>> = {
  NEEDS_REVIEW: 0,
  IN_DOUBT: 1,
  ACCEPTED: 1,
  DISPATCHING: 1,
  CLAIMED: 1,
  RETRY_WAIT: 1,
  HELD: 2,
  SCHEDULED: 2,
  FAILED: 3,
  MISSED: 3,
  BOUND: 4,
  CANCELLED: 4,
};

/** A stable order: within a kind the next one due comes first. */
export function inOrder(submissions: readonly Submission[]): readonly Submission[] {
  return submissions.toSorted(
    (a, b) => rank[a.state] - rank[b.state] || Date.parse(a.dueAt) - Date.parse(b.dueAt) || (a.id < b.id ? -1 : 1),
  );
}

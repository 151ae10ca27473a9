import { budgetLevel, type NotificationEvent, type SubmissionState } from "@wsc-dashboard/wsc-core";
import type { SubmissionRow } from "../database/schema.ts";
import { recordNotification } from "../notifications/record-notification.ts";
import type { BudgetLedger } from "./budget-ledger.ts";
import type { Tx } from "./records.ts";
import { isLoginFailure, type Reason } from "./states.ts";

/** Notification events of the states that people are notified about. */
const eventOfState: Partial<Record<SubmissionState, NotificationEvent>> = {
  FAILED: "submission.failed",
  NEEDS_REVIEW: "submission.review",
  MISSED: "submission.missed",
};

const codeOf = ({ reason }: Pick<SubmissionRow, "reason">): string | undefined =>
  reason === null ? undefined : (JSON.parse(reason) as Reason).code;

/** Records a notification when the submission has entered a state that people are notified about. */
export async function notifyOfState(tx: Tx, row: SubmissionRow, at: number): Promise<void> {
  const event = eventOfState[row.state];
  if (event === undefined) return;
  const code = codeOf(row);
  const isSignIn = event === "submission.failed" && code !== undefined && isLoginFailure(code);
  await recordNotification(tx, {
    event: isSignIn ? "signIn.failed" : event,
    // A submission can enter review more than once.
    subject: event === "submission.review" ? `${row.id}/${row.version}` : row.id,
    at,
    facts: {
      target: row.target,
      submissionId: row.id,
      ...(row.schedule_id === null ? {} : { scheduleId: row.schedule_id }),
      ...(code === undefined ? {} : { code }),
    },
  });
}

/** Records a notification, once a day, that the daily budget is nearly or completely used up. */
export async function notifyOfBudget(tx: Tx, ledger: BudgetLedger, at: number): Promise<void> {
  const use = await ledger.useOfDay(tx, at);
  if (use === null || budgetLevel(use) === "fine") return;
  const { used, limit } = use;
  await recordNotification(tx, {
    event: "budget.low",
    subject: String(ledger.dayStart(at)),
    at,
    facts: { target: null, used, limit },
  });
}

import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { SubmissionRow } from "../database/schema.ts";
import { afterRefusal, searchDelayMs, transitionWhenWithdrawn } from "./decisions.ts";
import type { OutboxContext } from "./outbox-context.ts";
import { reasonText } from "./records.ts";
import { isSearching, type Reason } from "./states.ts";

/** Records the outcome of a call: a job, unknown, or certainly no job. */
export function createCallOutcomes({ database, timings, withinTransaction }: OutboxContext) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);

  return {
    /** The list has the job with this token. Books the submission unless it is booked. */
    bind: (row: SubmissionRow, at: number, instanceNo: string): Promise<boolean> =>
      guarded(() =>
        db.transaction().execute((tx) =>
          withinTransaction(tx, async ({ apply }) => {
            const isCalled = row.state === "DISPATCHING" || isSearching(row.state);
            const bound = await apply(row.state === "DISPATCHING" ? "bind" : "find", row, {
              at,
              set: { instance_no: instanceNo, reason: null },
              details: { instanceNo },
              lock: { closedUntil: at + timings.createSpacingMs, code: null },
              ...(isCalled ? { attemptCode: "0" } : {}),
            });
            return bound !== null;
          }),
        ),
      ),

    /** Accepted or unknown: the job is searched for from now on. `hint` is the id in the response, if any. */
    search: (
      row: SubmissionRow,
      at: number,
      state: "ACCEPTED" | "IN_DOUBT",
      { code, hint = null }: { readonly code: string; readonly hint?: string | null },
    ): Promise<void> =>
      guarded(() =>
        db.transaction().execute((tx) =>
          withinTransaction(tx, async ({ apply }) => {
            await apply(state === "ACCEPTED" ? "accept" : "doubt", row, {
              at,
              // An accepted job is probably in the list already.
              nextAt: state === "ACCEPTED" ? at : (row.signed_at ?? at) + searchDelayMs(0, timings),
              set: { reason: state === "ACCEPTED" ? null : reasonText(code, false), hint },
              attemptCode: code,
              details: { state, code, ...(hint === null ? {} : { hint }) },
              lock: { closedUntil: at + timings.createSpacingMs, code: null },
            });
          }),
        ),
      ),

    /** Certainly no job: settles, or retries within the grace if the schedule still wants it. Returns the changed row. */
    refuse: (
      row: SubmissionRow,
      at: number,
      reason: Reason,
      retry: { waitMs: number; lockMs: number } | null,
    ): Promise<SubmissionRow | null> =>
      guarded(() =>
        db.transaction().execute((tx) =>
          withinTransaction(tx, async ({ apply }) => {
            const { code } = reason;
            const common = {
              at,
              attemptCode: code,
              lock: {
                closedUntil: at + Math.max(timings.createSpacingMs, retry?.lockMs ?? 0),
                code: retry !== null && retry.lockMs > 0 ? code : null,
              },
            };
            const set = { reason: JSON.stringify(reason) };
            const name = afterRefusal({ dueAt: row.due_at, attempts: row.attempts }, at, retry, timings);
            if (name !== "retryLater") {
              const state = name === "refuse" ? "FAILED" : "MISSED";
              return apply(name, row, { ...common, set, details: { code, state } });
            }
            const details = { code, state: "RETRY_WAIT" };
            const again = await apply(name, row, { ...common, set, details, nextAt: at + (retry?.waitMs ?? 0) });
            if (again !== null) return again;
            return apply(transitionWhenWithdrawn[name], row, {
              ...common,
              set: { reason: reasonText("SCHEDULE_RUN_WITHDRAWN", false) },
              details: { code, state: "CANCELLED" },
            });
          }),
        ),
      ),
  };
}

import type { SubmissionState } from "@wsc-dashboard/wsc-core";
import type { SubmissionRow } from "../store/schema.ts";
import { storeGuard } from "../store/store-guard.ts";
import type { SubmissionContext } from "./submission-context.ts";
import {
  change,
  noLease,
  type Reason,
  reasonText,
  searching,
  setAttemptCode,
  submissionEvent,
  waiting,
} from "./submission-record.ts";
import { maxAttempts, searchDelayMs } from "./submission-rules.ts";

/** A call is under way, or its outcome is unknown. */
const called: readonly SubmissionState[] = ["DISPATCHING", ...searching];

/** What became of a call: a job, nobody knows yet, or certainly none. */
export function createSubmissionOutcomes({ store, audit, timings, book, gate }: SubmissionContext) {
  const { db } = store;
  const guarded = storeGuard(store);

  return {
    /** The job is there. What was not booked, because this store does not remember the call, is booked now. */
    bind: (row: SubmissionRow, at: number, instanceNo: string): Promise<boolean> =>
      guarded(() =>
        db.transaction().execute(async (tx) => {
          const bound = await change(
            tx,
            row,
            [...called, ...waiting, "NEEDS_REVIEW", "MISSED"],
            { state: "BOUND", instance_no: instanceNo, reason: null },
            at,
          );
          if (bound) {
            if (called.includes(row.state)) await setAttemptCode(tx, row, "0");
            if (!(await book.isBooked(tx, row.id))) await book.add(tx, row.id, row.owner_id, at);
            await audit.append(tx, submissionEvent(row, at, "job.create", "done", { instanceNo }));
          }
          await gate.release(tx, at + timings.createSpacingMs, null);
          return bound;
        }),
      ),

    /** Accepted without an id, or nobody knows: from now on the job is looked for. */
    search: (row: SubmissionRow, at: number, state: "ACCEPTED" | "IN_DOUBT", code: string): Promise<void> =>
      guarded(() =>
        db.transaction().execute(async (tx) => {
          const reason = state === "ACCEPTED" ? null : reasonText(code, false);
          const next_at = (row.signed_at ?? at) + searchDelayMs(0, timings);
          if (await change(tx, row, ["DISPATCHING"], { state, reason, next_at, ...noLease }, at)) {
            await setAttemptCode(tx, row, code);
            await audit.append(
              tx,
              submissionEvent(row, at, "job.create", state === "ACCEPTED" ? "done" : "failed", { state, code }),
            );
          }
          await gate.release(tx, at + timings.createSpacingMs, null);
        }),
      ),

    /** Certainly no job: settled, or tried again while its time lasts. */
    refuse: (
      row: SubmissionRow,
      at: number,
      reason: Reason,
      retry: { waitMs: number; gateMs: number } | null,
    ): Promise<void> =>
      guarded(() =>
        db.transaction().execute(async (tx) => {
          const again =
            retry !== null && row.attempts < maxAttempts && at + retry.waitMs <= row.due_at + timings.misfireGraceMs;
          const state = again ? "RETRY_WAIT" : retry === null || row.attempts >= maxAttempts ? "FAILED" : "MISSED";
          const next_at = again ? at + retry.waitMs : null;
          if (
            await change(
              tx,
              row,
              ["DISPATCHING", "IN_DOUBT"],
              { state, reason: JSON.stringify(reason), next_at, ...noLease },
              at,
            )
          ) {
            await setAttemptCode(tx, row, reason.code);
            if (!again) await book.remove(tx, row.id);
            await audit.append(tx, submissionEvent(row, at, "job.create", "refused", { code: reason.code, state }));
          }
          await gate.release(
            tx,
            at + Math.max(timings.createSpacingMs, retry?.gateMs ?? 0),
            retry !== null && retry.gateMs > 0 ? reason.code : null,
          );
        }),
      ),
  };
}

import type { SubmissionState } from "@wsc-dashboard/wsc-core";
import type { SubmissionRow } from "../store/schema.ts";
import { storeGuard } from "../store/store-guard.ts";
import type { SubmissionContext } from "./submission-context.ts";
import { change, leaseMs, noLease, type Reason, searching, submissionEvent, waiting } from "./submission-record.ts";
import { fenceEndsAt, maxAttempts, maxProvenAbsent, searchDelayMs } from "./submission-rules.ts";

/** The search for the job of a call whose outcome is unknown. */
export function createSubmissionSearches({ store, audit, timings, owner, book, resend }: SubmissionContext) {
  const { db } = store;
  const guarded = storeGuard(store);

  return {
    /** Takes one submission whose job is to be looked for; `null` when none is due. */
    takeSearch: (at: number): Promise<SubmissionRow | null> =>
      guarded(async () => {
        const due = await db
          .selectFrom("submission")
          .selectAll()
          .where("state", "in", [...searching])
          .where("next_at", "<=", at)
          .where((row) => row.or([row("lease_until", "is", null), row("lease_until", "<=", at)]))
          .orderBy("next_at")
          .limit(1)
          .executeTakeFirst();
        if (due === undefined) return null;
        const lease_until = at + leaseMs;
        const taken = await db
          .updateTable("submission")
          .set({ lease_owner: owner, lease_until })
          .where("id", "=", due.id)
          .where("fence", "=", due.fence)
          .where("state", "=", due.state)
          .where("next_at", "=", due.next_at)
          .where((row) => row.or([row("lease_until", "is", null), row("lease_until", "<=", at)]))
          .executeTakeFirst();
        return taken.numUpdatedRows === 1n ? { ...due, lease_owner: owner, lease_until } : null;
      }),

    /**
     * A search without a hit. It counts when it began after the fence, twice in a row a step apart; then the attempt made no job:
     * sent again, or left to a person the third time or when its time is over. `startedAt` is by the gateway's clock; `failed`
     * when the search itself did not work.
     */
    notFound: (row: SubmissionRow, at: number, startedAt: number, failed: boolean): Promise<SubmissionState> =>
      guarded(() =>
        db.transaction().execute(async (tx) => {
          const searches = row.searches + 1;
          const counts = !failed && startedAt >= fenceEndsAt(row.signed_at ?? row.created_at, timings);
          const spaced = row.last_absence_at === null || startedAt - row.last_absence_at >= timings.reconcileStepMs;
          const absences = failed ? 0 : counts && spaced ? row.absences + 1 : row.absences;
          const last_absence_at = failed ? null : counts && spaced ? startedAt : row.last_absence_at;
          if (absences < 2) {
            const planned = (row.signed_at ?? at) + searchDelayMs(searches, timings);
            const next_at =
              absences === 1
                ? at + timings.reconcileStepMs
                : Math.max(planned, at + Math.ceil(timings.reconcileStepMs / 15));
            await change(
              tx,
              row,
              searching,
              { state: row.state, searches, absences, last_absence_at, next_at, ...noLease },
              at,
            );
            return row.state;
          }
          const proven = row.proven_absent + 1;
          // The upstream said yes, and yet no list has the token: from now on its absence proves nothing.
          if (row.state === "ACCEPTED") await resend.close(tx, at, `submission/${row.id}`);
          const blockedBy = await resend.blockedBy(tx);
          const reason: Reason = { code: blockedBy ?? "OUTCOME_UNKNOWN", retryable: false };
          const inTime = at <= row.due_at + timings.misfireGraceMs;
          const state =
            blockedBy !== null || proven >= maxProvenAbsent || row.attempts >= maxAttempts
              ? "NEEDS_REVIEW"
              : inTime
                ? "RETRY_WAIT"
                : "MISSED";
          const next_at = state === "RETRY_WAIT" ? at : null;
          const set = {
            state,
            proven_absent: proven,
            reason: JSON.stringify(reason),
            next_at,
            searches,
            absences,
            last_absence_at,
            ...noLease,
          } as const;
          if (await change(tx, row, searching, set, at)) {
            if (state === "MISSED") await book.remove(tx, row.id);
            await audit.append(tx, submissionEvent(row, at, "submission.absent", "done", { state, proven }));
          }
          return state;
        }),
      ),

    /** Left to a person. `false` when the submission was changed meanwhile. */
    review: (row: SubmissionRow, at: number, code: string): Promise<boolean> =>
      guarded(() =>
        db.transaction().execute(async (tx) => {
          const reason: Reason = { code, retryable: false };
          const left = await change(
            tx,
            row,
            [...searching, ...waiting],
            {
              state: "NEEDS_REVIEW",
              reason: JSON.stringify(reason),
              next_at: null,
              ...noLease,
            },
            at,
          );
          if (left) {
            if (!(await book.isBooked(tx, row.id))) await book.add(tx, row.id, row.owner_id, at);
            await audit.append(tx, submissionEvent(row, at, "submission.review", "failed", { code }));
          }
          return left;
        }),
      ),
  };
}

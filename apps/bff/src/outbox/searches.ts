import type { SubmissionState } from "@wsc-dashboard/wsc-core";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { SubmissionRow } from "../database/schema.ts";
import type { RowChanges } from "./apply-transition.ts";
import {
  type Absences,
  absenceProofStartsAt,
  afterAbsence,
  countAbsence,
  type EmptySearch,
  isSearchGivenUp,
  nextSearchAt,
  transitionWhenWithdrawn,
} from "./decisions.ts";
import type { OutboxContext } from "./outbox-context.ts";
import { reasonText, type Tx } from "./records.ts";
import { searching } from "./states.ts";
import { wireMemoOf } from "./wire-memo.ts";

const absenceColumns = ({ searches, absences, lastAbsenceAt, unproven }: Absences) => ({
  searches,
  absences,
  unproven,
  last_absence_at: lastAbsenceAt,
});

/** The call is proven to have created no job: resend, cancel if the schedule no longer wants it, or leave to a person. */
async function settleAbsence(
  { resendBlock, timings }: Pick<OutboxContext, "resendBlock" | "timings">,
  tx: Tx,
  { apply }: RowChanges,
  row: SubmissionRow,
  at: number,
  counted: Absences,
): Promise<SubmissionRow | null> {
  // The upstream accepted the call, but no list has the token: from now on absence of a token proves nothing.
  const blockedBy = row.state === "ACCEPTED" ? "MEMO_CUT" : await resendBlock.blockedBy(tx, wireMemoOf(row));
  const provenAbsent = row.proven_absent + 1;
  const progress = { dueAt: row.due_at, attempts: row.attempts, provenAbsent };
  const set = { ...absenceColumns(counted), proven_absent: provenAbsent };
  const detailsOf = (state: SubmissionState) => ({ state, proven: provenAbsent });
  const reason = reasonText(blockedBy ?? "OUTCOME_UNKNOWN", false);
  if (blockedBy === null) {
    // A withdrawn run needs neither another call nor a review.
    const name = transitionWhenWithdrawn.sendAgain;
    const withdrawn = { ...set, reason: reasonText("SCHEDULE_RUN_WITHDRAWN", false) };
    const cancelled = await apply(name, row, { at, set: withdrawn, details: detailsOf("CANCELLED") });
    if (cancelled !== null) return cancelled;
  }
  const name = afterAbsence(progress, at, blockedBy !== null, timings);
  const state = { sendAgain: "RETRY_WAIT", absentToPerson: "NEEDS_REVIEW", absentTooLate: "MISSED" } as const;
  return apply(name, row, { at, set: { ...set, reason }, details: detailsOf(state[name]) });
}

/** The next submission whose job is to be searched for; `undefined` when none is due. */
function dueSearch(db: OutboxContext["database"]["db"], at: number): Promise<SubmissionRow | undefined> {
  return db
    .selectFrom("submission")
    .selectAll()
    .where("state", "in", [...searching])
    .where("next_at", "<=", at)
    .where((row) => row.or([row("lease_until", "is", null), row("lease_until", "<=", at)]))
    .orderBy("next_at")
    .limit(1)
    .executeTakeFirst();
}

/** Searches for the jobs of calls whose outcome is unknown. */
export function createSearches({ database, timings, resendBlock, withinTransaction }: OutboxContext) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);

  return {
    /** Takes the lease of one submission whose job is to be searched for; `null` when none is due. */
    takeSearch: (at: number): Promise<SubmissionRow | null> =>
      guarded(async () => {
        const due = await dueSearch(db, at);
        if (due === undefined) return null;
        return db.transaction().execute((tx) => withinTransaction(tx, ({ apply }) => apply("takeSearch", due, { at })));
      }),

    /**
     * Records a search without a hit (`countAbsence` decides whether it proves anything). `startedAt` is by the gateway's clock;
     * `code` says why nothing was proven. Returns the resulting state.
     */
    notFound: (
      row: SubmissionRow,
      at: number,
      startedAt: number,
      { outcome, code }: { readonly outcome: EmptySearch; readonly code: string },
    ): Promise<SubmissionState> =>
      guarded(() =>
        db.transaction().execute(async (tx) => {
          const { searches, absences, unproven, last_absence_at: lastAbsenceAt } = row;
          const known = { searches, absences, unproven, lastAbsenceAt };
          const signedAt = row.signed_at ?? row.created_at;
          const proofStartsAt = absenceProofStartsAt(signedAt, timings);
          const counted = countAbsence(known, { startedAt, outcome }, proofStartsAt, timings);
          const changed = await withinTransaction(tx, async (changes) => {
            if (counted.isProven) {
              const settled = await settleAbsence({ resendBlock, timings }, tx, changes, row, at, counted);
              if (row.state === "ACCEPTED") await resendBlock.noteLostMemo(tx, at, `submission/${row.id}`);
              return settled;
            }
            if (outcome !== "absent" && isSearchGivenUp(counted, startedAt, proofStartsAt, timings)) {
              const set = { ...absenceColumns(counted), reason: reasonText(code, false) };
              return changes.apply("unprovenToPerson", row, { at, set, details: { code } });
            }
            const nextAt = nextSearchAt(counted, row.signed_at ?? at, at, timings);
            return changes.apply("searchAgain", row, { at, nextAt, set: absenceColumns(counted) });
          });
          return changed?.state ?? row.state;
        }),
      ),

    /** Leaves to a person what the list cannot prove after a restart. Returns `false` when the row was changed meanwhile. */
    leaveUnproven: (row: SubmissionRow, at: number, code: string): Promise<boolean> =>
      guarded(() =>
        db.transaction().execute(async (tx) => {
          const left = await withinTransaction(tx, ({ apply }) =>
            apply("unprovenToPerson", row, { at, set: { reason: reasonText(code, false) }, details: { code } }),
          );
          return left !== null;
        }),
      ),

    /** Leaves the submission to a person. Returns `false` when it was changed meanwhile. */
    review: (row: SubmissionRow, at: number, code: string): Promise<boolean> =>
      guarded(() =>
        db.transaction().execute(async (tx) => {
          const left = await withinTransaction(tx, ({ apply }) =>
            apply("review", row, { at, set: { reason: reasonText(code, false) }, details: { code } }),
          );
          return left !== null;
        }),
      ),
  };
}

import { sql } from "kysely";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import type { VerdictRow } from "../database/schema.ts";
import { type CauseParts, noteCauses } from "./verdict-causes.ts";
import { effectiveOf } from "./verdict-rows.ts";

/** Maximum number of rows changed in one transaction. */
const rowsAtOnce = 200;

/** Time-based changes: ends of acceptances, and expiry of the last report of a target. */
export function createVerdictSweep(database: OpenDatabase, parts: CauseParts) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);
  return {
    /** Records which accepted risks are open again. They are open from their end on, whether recorded or not. */
    noteEnded: (at: number): Promise<void> =>
      guarded(async () => {
        for (let isMore = true; isMore; ) {
          isMore = await db.transaction().execute(async (tx) => {
            const due = await tx
              .selectFrom("verdict")
              .select(["id", "decided_at"])
              .where("ends_at", "<=", at)
              .where("verdict", "=", "risk-accepted")
              .where("noted_cause", "is", null)
              .orderBy("id")
              .limit(rowsAtOnce)
              .execute();
            const ended: VerdictRow[] = [];
            for (const { id, decided_at } of due) {
              const row = await tx
                .updateTable("verdict")
                .set({
                  noted_cause: "acceptance-ended",
                  events: sql<number>`events + 1`,
                  // A person who edits the finding saw it as accepted.
                  version: sql<number>`version + 1`,
                  updated_at: at,
                })
                .where("id", "=", id)
                .where("decided_at", "=", decided_at)
                .where("noted_cause", "is", null)
                .returningAll()
                .executeTakeFirst();
              if (row !== undefined) ended.push(row);
            }
            const changed = ended.map((row) => ({ row, effective: effectiveOf(row, at) }));
            await noteCauses(parts, tx, changed, null, at);
            return due.length === rowsAtOnce;
          });
        }
      }),

    /**
     * When no report of a target is readable any more, erases all but the hash of the identity and what people wrote. A later
     * report with the finding restores the rest.
     */
    forgetUnreadable: (at: number): Promise<void> =>
      guarded(async () => {
        const { rows } = await sql<{ target: string }>`
          select target from verdict where target is not null group by target having max(readable_until) <= ${at}
          and not exists (
            select 1 from job_summary where job_summary.target = verdict.target and job_summary.has_report = 1
            and (job_summary.expires_at is null or job_summary.expires_at > ${at})
          )`.execute(db);
        for (const { target } of rows) {
          await db.transaction().execute(async (tx) => {
            const ids = tx.selectFrom("verdict").select("id").where("target", "=", target);
            await tx
              .updateTable("verdict_event")
              .set({ instance_no: null })
              .where("verdict_id", "in", ids)
              .where("instance_no", "is not", null)
              .execute();
            await tx
              .updateTable("verdict")
              .set({
                ...{ target: null, fingerprint: null, seen_job: null, absent_job: null, severity: null },
                ...{ seen_total: 0, seen_high: 0, seen_medium: 0, seen_low: 0 },
              })
              .where("target", "=", target)
              .where("readable_until", "<=", at)
              .execute();
          });
        }
      }),
  };
}

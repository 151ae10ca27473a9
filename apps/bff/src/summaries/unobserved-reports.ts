import type { Kysely } from "kysely";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import type { Database, JobSummaryRow } from "../database/schema.ts";

export type UnobservedReports = ReturnType<typeof createUnobservedReports>;

/** The reports from which the verdicts of their target have not been updated yet. */
export function createUnobservedReports(database: OpenDatabase) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);
  return {
    /** The next report to update verdicts from, in the order of the scans. */
    next: (at: number): Promise<JobSummaryRow | null> =>
      guarded(async () => {
        const row = await db
          .selectFrom("job_summary")
          .selectAll()
          .where("next_observe_at", "<=", at)
          .orderBy("started_at")
          .limit(1)
          .executeTakeFirst();
        return row ?? null;
      }),

    /** When to update verdicts from the report again; `null`: done. */
    observeAgainAt: (instanceNo: string, at: number | null): Promise<void> =>
      guarded(async () => {
        await db
          .updateTable("job_summary")
          .set({ next_observe_at: at })
          .where("instance_no", "=", instanceNo)
          .execute();
      }),

    /** Something is stored about a target's findings for the first time: verdicts are updated from its newest report again. */
    async observeNewest(tx: Kysely<Database>, target: string, at: number): Promise<void> {
      const newest = await tx
        .selectFrom("job_summary")
        .select("instance_no")
        .where("target", "=", target)
        .where("has_report", "=", 1)
        .where("read_at", "is not", null)
        .orderBy("ended_at", "desc")
        .limit(1)
        .executeTakeFirst();
      if (newest === undefined) return;
      const { instance_no } = newest;
      await tx.updateTable("job_summary").set({ next_observe_at: at }).where("instance_no", "=", instance_no).execute();
    },
  };
}

import type { Draft } from "@wsc-dashboard/wsc-core";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import { settingsOf } from "../job-requests/stored-request.ts";

/** Facts about jobs that only this dashboard knows because it ordered them; the upstream does not return them. */
export function createOrderedJobs(database: OpenDatabase) {
  const guarded = translateDatabaseErrors(database);
  const bound = () =>
    database.db.selectFrom("submission").select(["instance_no", "request"]).where("state", "=", "BOUND");
  const settingsOfJob = (instanceNo: string): Promise<Draft | null> =>
    guarded(async () => {
      // The newest: job numbers repeat when the dashboard is moved to another account.
      const row = await bound()
        .where("instance_no", "=", instanceNo)
        .orderBy("settled_at", "desc")
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? null : settingsOf(row.request);
    });
  return {
    /** The settings that a job was ordered with; `null` for jobs of another origin. */
    settingsOfJob,

    /** The memo token of a job that was ordered here; `null` for jobs of another origin. */
    tokenOf: (instanceNo: string): Promise<string | null> =>
      guarded(async () => {
        const row = await database.db
          .selectFrom("submission")
          .select("token")
          .where("state", "=", "BOUND")
          .where("instance_no", "=", instanceNo)
          .orderBy("settled_at", "desc")
          .limit(1)
          .executeTakeFirst();
        return row?.token ?? null;
      }),

    /** The settings that a submission requests; `null` when there is no such submission. */
    settingsOfSubmission: (id: string): Promise<Draft | null> =>
      guarded(async () => {
        const row = await database.db
          .selectFrom("submission")
          .select("request")
          .where("id", "=", id)
          .executeTakeFirst();
        return row === undefined ? null : settingsOf(row.request);
      }),

    /** The speed that a job was ordered with; `null` for jobs of another origin. */
    speedOf: async (instanceNo: string): Promise<string | null> => (await settingsOfJob(instanceNo))?.speed ?? null,

    /** The job that a re-scan repeats; `null` for other jobs. */
    masterOf: (instanceNo: string): Promise<string | null> =>
      guarded(async () => {
        const row = await database.db
          .selectFrom("submission")
          .select("rescan_of")
          .where("state", "=", "BOUND")
          .where("instance_no", "=", instanceNo)
          .orderBy("settled_at", "desc")
          .limit(1)
          .executeTakeFirst();
        return row?.rescan_of ?? null;
      }),

    /** The job that each re-scan repeats, by the number of the re-scan. */
    masters: (): Promise<ReadonlyMap<string, string>> =>
      guarded(async () => {
        const rows = await database.db
          .selectFrom("submission")
          .select(["instance_no", "rescan_of"])
          .where("state", "=", "BOUND")
          .where("rescan_of", "is not", null)
          .orderBy("settled_at")
          .execute();
        return new Map(rows.map(({ instance_no, rescan_of }) => [instance_no ?? "", rescan_of ?? ""]));
      }),

    /** Numbers of the jobs that a person ordered here, by their schedules too. */
    orderedBy: (userId: string): Promise<ReadonlySet<string>> =>
      guarded(async () => {
        const rows = await database.db
          .selectFrom("submission")
          .select("instance_no")
          .where("state", "=", "BOUND")
          .where("owner_id", "=", userId)
          .execute();
        return new Set(rows.flatMap(({ instance_no }) => instance_no ?? []));
      }),

    /** How many re-scans of each job were ordered. */
    rescanCounts: (): Promise<ReadonlyMap<string, number>> =>
      guarded(async () => {
        const rows = await database.db
          .selectFrom("submission")
          .select(({ fn }) => ["rescan_of", fn.countAll<number>().as("count")])
          .where("state", "=", "BOUND")
          .where("rescan_of", "is not", null)
          .groupBy("rescan_of")
          .execute();
        return new Map(rows.map(({ rescan_of, count }) => [rescan_of ?? "", Number(count)]));
      }),
  };
}
export type OrderedJobs = ReturnType<typeof createOrderedJobs>;

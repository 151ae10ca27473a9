import type { JobRequest } from "@wsc-dashboard/wsc-core";
import type { OpenStore } from "../store/open-store.ts";
import { storeGuard } from "../store/store-guard.ts";

type KeptRequest = Partial<Pick<JobRequest, "speed">>;

/** What this dashboard knows of jobs because it ordered them; the upstream's answers do not say it. */
export function createOrderedJobs(store: OpenStore) {
  const guarded = storeGuard(store);
  const bound = () => store.db.selectFrom("submission").select(["instance_no", "request"]).where("state", "=", "BOUND");
  return {
    /** The speed that a job was ordered with; `null` for jobs of another origin. */
    speedOf: (instanceNo: string): Promise<string | null> =>
      guarded(async () => {
        const row = await bound().where("instance_no", "=", instanceNo).executeTakeFirst();
        return row === undefined ? null : ((JSON.parse(row.request) as KeptRequest).speed ?? null);
      }),

    /** How many re-scans of each job were ordered. */
    rescanCounts: (): Promise<ReadonlyMap<string, number>> =>
      guarded(async () => {
        const rows = await store.db
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

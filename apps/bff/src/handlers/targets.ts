import { type BffApi, type Handlers, type Target, targetHostOf } from "@wsc-dashboard/wsc-core";
import type { CallContext } from "../http/bind-handlers.ts";
import type { JobDirectory } from "../upstream/job-directory.ts";

export function targetHandlers(directory: JobDirectory): Handlers<BffApi, CallContext>["targets"] {
  return {
    list: async () => {
      const { jobs, total, asOf, stale } = await directory.list({
        searchBy: null,
        keyword: "",
        statusCode: null,
        limit: 100,
        page: 1,
      });
      const targets: Target[] = [...Map.groupBy(jobs, ({ startUrl }) => targetHostOf(startUrl))].flatMap(
        ([host, [lastJob]]) =>
          lastJob === undefined
            ? []
            : [{ host, lastJob, latest: null, change: null, rescan: null, trend: [], isComplete: false }],
      );
      return {
        targets,
        partial: true,
        jobs: { read: jobs.length, total },
        pendingReports: 0,
        failedReports: 0,
        asOf,
        ...(stale === undefined ? {} : { stale }),
      };
    },
  };
}

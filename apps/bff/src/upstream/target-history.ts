import { type Job, targetHostOf } from "@wsc-dashboard/wsc-core";
import type { JobDirectory } from "./job-directory.ts";

const searchLimit = 100;

/** Whether the job has a report that can be read now. */
export const isReadable = (job: Job): boolean => job.capabilities.report && job.endedAt !== null;

/**
 * The job that one would compare with: of the same target, finished before it, its report still readable; `null` without one.
 * How the upstream's search matches is not documented, so the newest jobs are looked at as well when it finds none.
 */
export async function findPredecessor(directory: JobDirectory, head: Job): Promise<Job | null> {
  const host = targetHostOf(head.startUrl);
  const { endedAt: end } = head;
  if (end === null) return null;
  const lastOf = (jobs: readonly Job[]): Job | null =>
    jobs
      .filter(
        (job) =>
          job.instanceNo !== head.instanceNo &&
          job.status.phase === "completed" &&
          isReadable(job) &&
          targetHostOf(job.startUrl) === host &&
          Date.parse(job.endedAt ?? "") < Date.parse(end),
      )
      .sort((a, b) => Date.parse(a.endedAt ?? "") - Date.parse(b.endedAt ?? ""))
      .at(-1) ?? null;
  const page = { statusCode: null, limit: searchLimit, page: 1 } as const;
  const found = await directory.list({ searchBy: "url", keyword: host, ...page });
  return lastOf(found.jobs) ?? lastOf((await directory.list({ searchBy: null, keyword: "", ...page })).jobs);
}

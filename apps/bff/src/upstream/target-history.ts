import { type Job, targetHostOf } from "@wsc-dashboard/wsc-core";
import type { JobDirectory } from "./job-directory.ts";

const searchLimit = 100;

/** Whether a job can be the base of a comparison: same target, finished before `head`, its report still readable. */
export function isEarlierJob(job: Job, head: Job): boolean {
  return (
    job.instanceNo !== head.instanceNo &&
    job.status.phase === "completed" &&
    job.capabilities.report &&
    job.endedAt !== null &&
    head.endedAt !== null &&
    targetHostOf(job.startUrl) === targetHostOf(head.startUrl) &&
    Date.parse(job.endedAt) < Date.parse(head.endedAt)
  );
}

/**
 * The jobs that can be the base of a comparison, unordered, among the hundred newest of the target. How the upstream's search
 * matches is not documented, so the newest jobs are checked as well when it finds none.
 */
export async function findEarlierJobs(directory: JobDirectory, head: Job): Promise<readonly Job[]> {
  if (head.endedAt === null) return [];
  const page = { statusCode: null, limit: searchLimit, page: 1 } as const;
  const earlierOf = (jobs: readonly Job[]): readonly Job[] => jobs.filter((job) => isEarlierJob(job, head));
  const found = await directory.list({ searchBy: "url", keyword: targetHostOf(head.startUrl), ...page });
  const earlier = earlierOf(found.jobs);
  if (earlier.length > 0) return earlier;
  return earlierOf((await directory.list({ searchBy: null, keyword: "", ...page })).jobs);
}

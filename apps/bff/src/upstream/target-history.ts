import { type Job, targetHostOf } from "@wsc-dashboard/wsc-core";
import type { JobDirectory } from "./job-directory.ts";

const searchLimit = 100;

/** Whether the job's report came about and can be read now. */
export const isReadable = (job: Job): boolean => job.capabilities.report && job.endedAt !== null;

/** The job that one would compare with: of the same target, finished before it, its report still readable; `null` without one. */
export async function findPredecessor(directory: JobDirectory, head: Job): Promise<Job | null> {
  const host = targetHostOf(head.startUrl);
  const end = head.endedAt;
  if (end === null) return null;
  const { jobs } = await directory.list({
    searchBy: "url",
    keyword: host,
    statusCode: null,
    limit: searchLimit,
    page: 1,
  });
  const earlier = jobs.filter(
    (job) =>
      job.instanceNo !== head.instanceNo &&
      job.status.phase === "completed" &&
      isReadable(job) &&
      targetHostOf(job.startUrl) === host &&
      (job.endedAt ?? "") < end,
  );
  return earlier.toSorted((a, b) => (a.endedAt ?? "").localeCompare(b.endedAt ?? "")).at(-1) ?? null;
}

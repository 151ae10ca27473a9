import { useQuery } from "@tanstack/react-query";
import { type Job, targetHostOf } from "@wsc-dashboard/wsc-core";
import { jobListQuery } from "./job-queries.ts";
import { useSession } from "./session-query.ts";

const maxTargets = 5;
/** The default list, which is usually in the cache already. */
const firstPage = { q: "", searchBy: "url", status: "", page: 1, limit: 50 } as const;

/** The latest jobs, newest first; empty until the list has loaded. */
function useRecentJobs(): readonly Job[] {
  const { listPollMs } = useSession();
  const { data } = useQuery({ ...jobListQuery(firstPage, listPollMs), refetchInterval: false, retry: false });
  return data?.jobs ?? [];
}

/** The start URLs of the latest jobs, newest first, without duplicates. */
export function useRecentTargets(): readonly string[] {
  return [...new Set(useRecentJobs().map(({ startUrl }) => startUrl))].slice(0, maxTargets);
}

/** The latest job of a start URL's host, if it is among the latest jobs overall. */
export function useLatestJobOf(startUrl: string): Job | undefined {
  const host = URL.canParse(startUrl) ? targetHostOf(startUrl) : null;
  return useRecentJobs().find((job) => host !== null && targetHostOf(job.startUrl) === host);
}

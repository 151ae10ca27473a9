import { useQuery } from "@tanstack/react-query";
import { type Job, targetHostOf } from "@wsc-dashboard/wsc-core";
import { jobListQuery } from "./job-queries.ts";
import { useSession } from "./session-query.ts";

const maxTargets = 5;
/** The list as it opens: mostly it has just been read. */
const firstPage = { q: "", searchBy: "url", status: "", page: 1, limit: 50 } as const;

/** The latest jobs, newest first; none as long as the list is not there. */
function useRecentJobs(): readonly Job[] {
  const { listPollMs } = useSession();
  const { data } = useQuery({ ...jobListQuery(firstPage, listPollMs), refetchInterval: false, retry: false });
  return data?.jobs ?? [];
}

/** The addresses of the latest jobs, each once, newest first. */
export function useRecentTargets(): readonly string[] {
  return [...new Set(useRecentJobs().map(({ startUrl }) => startUrl))].slice(0, maxTargets);
}

/** The latest job of the host of an address, when it is among the latest of all. */
export function useLatestJobOf(startUrl: string): Job | undefined {
  const host = URL.canParse(startUrl) ? targetHostOf(startUrl) : null;
  return useRecentJobs().find((job) => host !== null && targetHostOf(job.startUrl) === host);
}

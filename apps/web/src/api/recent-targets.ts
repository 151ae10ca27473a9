import { useQuery } from "@tanstack/react-query";
import { jobListQuery } from "./job-queries.ts";
import { useSession } from "./session-query.ts";

const most = 5;
/** The list as it opens: mostly it has just been read. */
const firstPage = { q: "", searchBy: "url", status: "", page: 1, limit: 50 } as const;

/** The addresses of the latest jobs, each once, newest first; none as long as the list is not there. */
export function useRecentTargets(): readonly string[] {
  const { listPollMs } = useSession();
  const { data } = useQuery({ ...jobListQuery(firstPage, listPollMs), refetchInterval: false, retry: false });
  return [...new Set(data?.jobs.map(({ startUrl }) => startUrl))].slice(0, most);
}

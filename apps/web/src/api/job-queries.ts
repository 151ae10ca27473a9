import { keepPreviousData, type QueryClient, queryOptions } from "@tanstack/react-query";
import { existingJobEndpoints, isFinalPhase, type Job, type JobList } from "@wsc-dashboard/wsc-core";
import { callsOf } from "./bff-client.ts";

export const jobCalls = callsOf(existingJobEndpoints);

/** Query parameters of a job list; the upstream can neither sort nor filter by period. */
export interface JobListArguments {
  readonly q: string;
  readonly searchBy: "url" | "memo";
  readonly status: string;
  readonly page: number;
  readonly limit: number;
}

const idlePollMs = 60_000;

export function isActive(job: Job): boolean {
  return !isFinalPhase(job.status.phase);
}

function pollEvery(jobs: readonly Job[] | undefined, listPollMs: number): number {
  return jobs?.some(isActive) ? Math.max(listPollMs, 1000) : idlePollMs;
}

/** The input of the call that reads a job list. */
export function jobListInput({ q, searchBy, status, page, limit }: JobListArguments) {
  const code = (status === "" ? undefined : status) as never;
  return { query: { q, searchBy, status: code, page: String(page), limit: String(limit) } };
}

export function jobListQuery(list: JobListArguments, listPollMs: number) {
  return queryOptions({
    queryKey: ["jobs", "list", list],
    queryFn: ({ signal }): Promise<JobList> => jobCalls.list(jobListInput(list), { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: (query) => pollEvery(query.state.data?.jobs, listPollMs),
  });
}

export function jobQuery(instanceNo: string, listPollMs: number) {
  return queryOptions({
    queryKey: ["jobs", "one", instanceNo],
    queryFn: ({ signal }) => jobCalls.get({ params: { instanceNo } }, { signal }),
    refetchInterval: (query) => pollEvery(query.state.data && [query.state.data.job], listPollMs),
  });
}

/** Refetches every list and every job; to be called after any change to jobs. */
export function refreshJobs(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ queryKey: ["jobs"] });
}

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { FileAnswer, JobCounts, JobRecordList, JobTab, Language, SignedJobOrder } from "@wsc-dashboard/wsc-core";
import { jobRecordEndpoints } from "@wsc-dashboard/wsc-core";
import { callsOf } from "./bff-client.ts";
import { isActive, type JobListArguments } from "./job-queries.ts";

const jobRecordCalls = callsOf(jobRecordEndpoints);

/** Filter and order of the stored jobs. Instants are RFC 3339. */
export interface JobRecordArguments extends JobListArguments {
  readonly tab: JobTab | "";
  readonly sort: SignedJobOrder | "";
  readonly from?: string;
  readonly until?: string;
}

const idlePollMs = 60_000;

const filterOf = ({ q, searchBy, status, tab, sort, from, until }: Omit<JobRecordArguments, "page" | "limit">) => ({
  q,
  searchBy,
  ...(status === "" ? {} : { status: status as never }),
  ...(tab === "" ? {} : { tab }),
  ...(sort === "" ? {} : { sort }),
  ...(from === undefined ? {} : { from }),
  ...(until === undefined ? {} : { until }),
});

export function jobRecordsQuery(list: JobRecordArguments, listPollMs: number) {
  return queryOptions({
    queryKey: ["jobs", "records", list],
    queryFn: ({ signal }): Promise<JobRecordList> =>
      jobRecordCalls.list(
        { query: { ...filterOf(list), page: String(list.page), limit: String(list.limit) } },
        { signal },
      ),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.records.some(({ job }) => isActive(job)) ? Math.max(listPollMs, 1000) : idlePollMs,
  });
}

/** The finding counts of the reports of one page's jobs. */
export function jobCountsQuery(instanceNos: readonly string[]) {
  return queryOptions({
    queryKey: ["jobs", "counts", instanceNos],
    queryFn: ({ signal }): Promise<JobCounts> =>
      jobRecordCalls.counts({ query: { instanceNos: instanceNos.join(",") } }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: idlePollMs,
    retry: false,
  });
}

/** Returns all jobs that match a filter as a file. */
export function fetchJobList(
  list: Omit<JobRecordArguments, "page" | "limit">,
  words: { readonly lang: Language; readonly zone: string },
): Promise<FileAnswer> {
  return jobRecordCalls.export({ query: { ...filterOf(list), ...words } });
}

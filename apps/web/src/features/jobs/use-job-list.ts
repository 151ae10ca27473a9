import { useQuery } from "@tanstack/react-query";
import type { Job, JobCounts, JobList, JobRecord, JobRecordList, JobSign } from "@wsc-dashboard/wsc-core";
import { useDeferredValue, useMemo } from "react";
import { jobListQuery } from "../../api/job-queries.ts";
import { type JobRecordArguments, jobCountsQuery, jobRecordsQuery } from "../../api/job-record-queries.ts";
import { useSession } from "../../api/session-query.ts";
import { isKeptView, type JobListView } from "./job-list-search.ts";
import { periodInstants } from "./job-period.ts";

export type RiskCounts = NonNullable<JobRecord["counts"]>;

/** What is known about the jobs on the page beyond the list. */
export interface JobNotes {
  readonly counts: ReadonlyMap<string, RiskCounts>;
  readonly signs: ReadonlyMap<string, readonly JobSign[]>;
}

/** The query for stored jobs. */
export function recordArguments(view: JobListView, zone: string, now: Date): JobRecordArguments {
  const { q, searchBy, status, tab, sort, page, limit } = view;
  return { ...{ q, searchBy, status, tab, sort, page, limit }, ...periodInstants(view, zone, now) };
}

/** The part of a view that the upstream supports. */
export function listArguments({ q, searchBy, status, page, limit }: JobListView) {
  return { q, searchBy, status, page, limit };
}

const none: readonly Job[] = [];
const noNotes: JobNotes = { counts: new Map(), signs: new Map() };

function notesOfRecords({ records }: JobRecordList): JobNotes {
  return {
    counts: new Map(records.flatMap(({ job, counts }) => (counts === null ? [] : [[job.instanceNo, counts]]))),
    signs: new Map(records.map(({ job, signs }) => [job.instanceNo, signs])),
  };
}

const notesOfCounts = ({ counts }: JobCounts): JobNotes => ({
  counts: new Map(counts.map((count) => [count.instanceNo, count])),
  signs: new Map(),
});

const listOf = ({ records, total, page, pageCount, limit, asOf }: JobRecordList): JobList => ({
  jobs: records.map(({ job }) => job),
  ...{ total, page, pageCount, limit, asOf },
});

/**
 * The jobs of a view: from the upstream's list, or from the stored jobs where the upstream cannot serve the view. Report counts
 * are always the dashboard's.
 */
export function useJobList(view: JobListView, zone: string) {
  const { listPollMs } = useSession();
  const isKept = isKeptView(view);
  const listed = useQuery({ ...jobListQuery(listArguments(view), listPollMs), enabled: !isKept });
  const kept = useQuery({ ...jobRecordsQuery(recordArguments(view, zone, new Date()), listPollMs), enabled: isKept });
  const counted = useQuery({
    ...jobCountsQuery((listed.data?.jobs ?? none).map(({ instanceNo }) => instanceNo)),
    enabled: !isKept && listed.data !== undefined,
  });
  const keptList = useMemo(() => kept.data && listOf(kept.data), [kept.data]);
  const keptNotes = useMemo(() => kept.data && notesOfRecords(kept.data), [kept.data]);
  const countedNotes = useMemo(() => counted.data && notesOfCounts(counted.data), [counted.data]);
  const latest = isKept ? keptList : listed.data;
  // Deferred, so that React renders the rows in steps instead of all at once.
  const data = useDeferredValue(latest);
  return {
    query: isKept ? kept : listed,
    data,
    isLatest: data === latest,
    notes: useDeferredValue((isKept ? keptNotes : countedNotes) ?? noNotes),
    /** Both cover all known jobs, regardless of the view. */
    tabs: (isKept ? kept.data : counted.data)?.tabs,
    reading: (isKept ? kept.data : counted.data)?.reading,
  };
}

import {
  isRescanOpen,
  type JobCounts,
  type JobOrder,
  type JobRecord,
  type JobRecordList,
  type JobRecordQuery,
  type JobSign,
  type JobTab,
  pageOf,
  type SignedJobOrder,
  type TabCounts,
} from "@wsc-dashboard/wsc-core";
import type { JobSummaryRow } from "../database/schema.ts";
import type { OrderedJobs } from "../outbox/ordered-jobs.ts";
import type { OpenSubmissions } from "../outbox/submission-queries.ts";
import type { JobListSelection } from "./job-list-export.ts";
import { isActive, signsOfRows } from "./job-signs.ts";
import { isExpired, jobOfRow } from "./summary-rows.ts";
import { readingOf, type TargetRecordParts } from "./target-facts.ts";
import { newestFirst } from "./target-list.ts";

type Row = JobSummaryRow;
export type JobRecordFilter = Omit<JobRecordQuery, "page" | "limit">;

export interface JobRecordParts
  extends Pick<TargetRecordParts, "summaries" | "state" | "submissions" | "isReadingOn" | "now"> {
  readonly orderedJobs: Pick<OrderedJobs, "orderedBy">;
  readonly openSubmissions: (viewerId: string) => Promise<OpenSubmissions>;
}

/** The counts of a report, if it was read and has not expired. */
function countsOf(row: Row, at: number): JobRecord["counts"] {
  const { total, high, medium, low, read_at, has_report } = row;
  return has_report === 1 && read_at !== null && !isExpired(row, at) ? { total, high, medium, low } : null;
}

/** The job of a row, with its capabilities at an instant. */
function recordOf(row: Row, signs: readonly JobSign[], at: number): JobRecord {
  const job = jobOfRow(row);
  const { ended_at } = row;
  const report = job.capabilities.report && !isExpired(row, at);
  const rescan = job.capabilities.rescan && (ended_at === null || isRescanOpen(new Date(ended_at), new Date(at)));
  return {
    job: { ...job, capabilities: { ...job.capabilities, report, rescan } },
    counts: countsOf(row, at),
    signs: [...signs],
  };
}

const sortKeys: Readonly<Record<JobOrder, (row: Row, at: number) => number | string | null>> = {
  target: ({ target }) => target,
  high: (row, at) => countsOf(row, at)?.high ?? null,
  medium: (row, at) => countsOf(row, at)?.medium ?? null,
  low: (row, at) => countsOf(row, at)?.low ?? null,
  started: ({ started_at }) => started_at,
  expires: ({ expires_at }) => expires_at,
};

/** Sorts rows that are newest first; rows without a value are last in either direction. */
function sorted(rows: readonly Row[], sort: SignedJobOrder, at: number): Row[] {
  const isDown = sort.startsWith("-");
  const keyOf = sortKeys[(isDown ? sort.slice(1) : sort) as JobOrder];
  return rows.toSorted((left, right) => {
    const [a, b] = [keyOf(left, at), keyOf(right, at)];
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    if (a === b) return 0;
    return (a < b ? -1 : 1) * (isDown ? -1 : 1);
  });
}

/** Whether a row matches all filters except the tab. */
function passes(row: Row, { q, searchBy, status, from, until }: JobRecordFilter): boolean {
  const when = row.ended_at ?? row.started_at;
  const text = searchBy === "memo" ? row.memo : row.start_url;
  return (
    (q === "" || text.toLowerCase().includes(q.toLowerCase())) &&
    (status === undefined || row.status_code === status) &&
    (from === undefined || (when !== null && when >= Date.parse(from))) &&
    (until === undefined || (when !== null && when < Date.parse(until)))
  );
}

export type JobRecords = ReturnType<typeof createJobRecords>;

/** Jobs as read in the background, so that they can be sorted, counted and filtered by period. */
export function createJobRecords(parts: JobRecordParts) {
  const { summaries, state, submissions, orderedJobs, openSubmissions, isReadingOn, now } = parts;

  async function look(viewerId: string) {
    const at = now();
    const [rows, reading, own, logins, open] = await Promise.all([
      summaries.all(),
      state.get(),
      orderedJobs.orderedBy(viewerId),
      submissions.failedLogins(at),
      openSubmissions(viewerId),
    ]);
    const signs = signsOfRows(rows, new Map(logins.map((login) => [login.host, login.at])), at);
    const isIn: Readonly<Record<JobTab, (row: Row) => boolean>> = {
      active: isActive,
      attention: (row) => signs.has(row),
      mine: ({ instance_no }) => own.has(instance_no),
    };
    const countOf = (tab: JobTab): number => rows.filter(isIn[tab]).length + open[tab];
    const tabs: TabCounts = { active: countOf("active"), attention: countOf("attention"), mine: countOf("mine") };
    return {
      at,
      rows,
      tabs,
      reading: readingOf(rows, reading, isReadingOn, at),
      signsOf: (row: Row): readonly JobSign[] => signs.get(row) ?? [],
      find(filter: JobRecordFilter): Row[] {
        const { tab, sort } = filter;
        const found = newestFirst(rows.filter((row) => (tab === undefined || isIn[tab](row)) && passes(row, filter)));
        return sort === undefined ? found : sorted(found, sort, at);
      },
    };
  }

  return {
    async list({ page, limit, ...filter }: JobRecordQuery, viewerId: string): Promise<JobRecordList> {
      const { at, rows, tabs, reading, signsOf, find } = await look(viewerId);
      const found = find(filter);
      const lookedAt = rows.reduce((latest, { seen_at }) => Math.max(latest, seen_at), 0);
      return {
        records: found.slice((page - 1) * limit, page * limit).map((row) => recordOf(row, signsOf(row), at)),
        ...pageOf({ page, limit }, found.length),
        ...{ tabs, reading },
        asOf: new Date(lookedAt === 0 ? at : lookedAt).toISOString(),
      };
    },

    /** All jobs that match a filter, in its order. */
    async selection(filter: JobRecordFilter, viewerId: string): Promise<JobListSelection> {
      const { at, rows, reading, signsOf, find } = await look(viewerId);
      return {
        filter,
        reading,
        known: rows.length,
        records: find(filter).map((row) => recordOf(row, signsOf(row), at)),
      };
    },

    /** The report counts of the given jobs, as far as the reports were read. */
    async counts(instanceNos: readonly string[], viewerId: string): Promise<JobCounts> {
      const { at, rows, tabs, reading } = await look(viewerId);
      const wanted = new Set(instanceNos);
      const counts = rows.flatMap((row) => {
        const of = wanted.has(row.instance_no) ? countsOf(row, at) : null;
        return of === null ? [] : [{ instanceNo: row.instance_no, ...of }];
      });
      return { counts, tabs, reading };
    },
  };
}

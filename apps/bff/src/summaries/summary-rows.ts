import { type ComparableJob, type Job, textBeginning } from "@wsc-dashboard/wsc-core";
import type { JobSummaryRow } from "../database/schema.ts";
import { storable, targetOf } from "../reports/kept-target.ts";

const longestUrl = 4_000;
const longestStatus = 200;
const longestMemo = 4_000;

export const millisecondsOf = (instant: string | null): number | null =>
  instant === null ? null : Date.parse(instant);
export const instantOf = (milliseconds: number | null): string | null =>
  milliseconds === null ? null : new Date(milliseconds).toISOString();

/** The columns that come from a job of the list. */
export function listedColumns(job: Job) {
  return {
    instance_no: job.instanceNo,
    target: targetOf(job.startUrl),
    start_url: textBeginning(storable(job.startUrl), longestUrl),
    phase: job.status.phase,
    status_text: textBeginning(storable(job.status.text), longestStatus),
    started_at: millisecondsOf(job.startedAt),
    ended_at: millisecondsOf(job.endedAt),
    expires_at: millisecondsOf(job.reportExpiresAt),
    crawl_count: job.crawlCount === null ? null : Math.trunc(job.crawlCount),
    has_report: job.capabilities.report ? 1 : 0,
    may_rescan: job.capabilities.rescan ? 1 : 0,
    memo: textBeginning(storable(job.memo), longestMemo),
    status_code: job.status.code ?? null,
    progress: job.progress === null ? null : Math.round(job.progress),
    finding_count: job.findingCount === null ? null : Math.trunc(job.findingCount),
    may_cancel: job.capabilities.cancel ? 1 : 0,
    may_stop: job.capabilities.stop ? 1 : 0,
    has_cause: job.capabilities.cause ? 1 : 0,
  };
}
export type ListedColumns = ReturnType<typeof listedColumns>;

/** The columns of a report that has not been read. */
export const unreadColumns = {
  failures: 0,
  failure_code: null,
  read_at: null,
  total: null,
  high: null,
  medium: null,
  low: null,
  settings: null,
  partner: null,
  not_comparable: null,
  next_compare_at: null,
  compared: null,
  next_observe_at: null,
} as const;

/** The job of a row, as the list last described it. */
export function jobOfRow(row: JobSummaryRow): Job {
  const status = { text: row.status_text, phase: row.phase };
  return {
    instanceNo: row.instance_no,
    startUrl: row.start_url,
    memo: row.memo,
    status: row.status_code === null ? status : { ...status, code: row.status_code },
    progress: row.progress,
    crawlCount: row.crawl_count,
    findingCount: row.finding_count,
    startedAt: instantOf(row.started_at),
    endedAt: instantOf(row.ended_at),
    capabilities: {
      report: row.has_report === 1,
      cancel: row.may_cancel === 1,
      stop: row.may_stop === 1,
      rescan: row.may_rescan === 1,
      cause: row.has_cause === 1,
    },
    reportExpiresAt: instantOf(row.expires_at),
  };
}

/** Whether the year of the report is over; an expired report no longer counts. */
export const isExpired = ({ expires_at }: Pick<JobSummaryRow, "expires_at">, at: number): boolean =>
  expires_at !== null && at >= expires_at;

type ComparableRow = Pick<JobSummaryRow, "instance_no" | "ended_at" | "settings">;

export function comparableOf({ instance_no, ended_at, settings }: ComparableRow): ComparableJob {
  return {
    instanceNo: instance_no,
    endedAt: instantOf(ended_at),
    settings: settings === null ? null : JSON.parse(settings),
  };
}

import type { ComparableJob, Job } from "@wsc-dashboard/wsc-core";
import type { JobSummaryRow } from "../database/schema.ts";
import { storable, targetOf } from "../reports/kept-target.ts";

const longestUrl = 4_000;
const longestStatus = 200;

export const millisecondsOf = (instant: string | null): number | null =>
  instant === null ? null : Date.parse(instant);
export const instantOf = (milliseconds: number | null): string | null =>
  milliseconds === null ? null : new Date(milliseconds).toISOString();

/** What a job of the list says of itself. */
export function listedColumns(job: Job) {
  return {
    instance_no: job.instanceNo,
    target: targetOf(job.startUrl),
    start_url: storable(job.startUrl).slice(0, longestUrl),
    phase: job.status.phase,
    status_text: storable(job.status.text).slice(0, longestStatus),
    started_at: millisecondsOf(job.startedAt),
    ended_at: millisecondsOf(job.endedAt),
    expires_at: millisecondsOf(job.reportExpiresAt),
    crawl_count: job.crawlCount === null ? null : Math.trunc(job.crawlCount),
    has_report: job.capabilities.report ? 1 : 0,
    may_rescan: job.capabilities.rescan ? 1 : 0,
  };
}
export type ListedColumns = ReturnType<typeof listedColumns>;

/** What is kept of a report that has not been read. */
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

/** The job of a row, as far as reading and comparing its report needs it. */
export function jobOfRow(row: JobSummaryRow): Job {
  return {
    instanceNo: row.instance_no,
    startUrl: row.start_url,
    memo: "",
    status: { text: row.status_text, phase: row.phase },
    progress: null,
    crawlCount: row.crawl_count,
    findingCount: null,
    startedAt: instantOf(row.started_at),
    endedAt: instantOf(row.ended_at),
    capabilities: {
      report: row.has_report === 1,
      cancel: false,
      stop: false,
      rescan: row.may_rescan === 1,
      cause: false,
    },
    reportExpiresAt: instantOf(row.expires_at),
  };
}

/** Whether the year of the report is over: nothing of it counts any more. */
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

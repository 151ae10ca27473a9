import { isFinalPhase, type JobStatusCode, jobStatusTable, nextStatusCodes } from "@wsc-dashboard/wsc-core";
import type { ScanFinding } from "./scanner/site-scanner.ts";

/** A validated createJob request. */
export interface JobOrder {
  readonly startUrl: string;
  readonly excludeUrls: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly items: readonly string[];
  readonly userAgent: string;
  readonly speed: "1" | "2" | "3";
  readonly memo: string;
  readonly masterInstanceNo: string | null;
}

/** A job in memory. Instants are milliseconds in gateway time. */
export interface JobRecord {
  /** Digits; never a number, because it may exceed 2^53. */
  readonly instanceNo: string;
  readonly order: JobOrder;
  /** First job of a chain of re-scans; its own number if it is not a re-scan. */
  readonly firstInstanceNo: string;
  readonly startedAt: number;
  /** When it becomes visible to searchJobs, on the clock without offset. */
  readonly searchableAt: number;
  /** `null` for a status that the vendor has not documented. */
  code: JobStatusCode | null;
  /** Overrides the text of the code. */
  statusText: string | null;
  crawlStartedAt: number | null;
  crawlEndedAt: number | null;
  scanStartedAt: number | null;
  endedAt: number | null;
  crawlCount: number;
  progress: number;
  findings: readonly ScanFinding[];
  scannedDomains: readonly string[];
  notScannedDomains: readonly string[];
  /** The advice by item, where it is another than the usual one. */
  readonly recommendations: Readonly<Record<string, string>>;
  /** Share of the known counts to show, 0 to 1: the scan of a tiny site would be over before anyone sees progress. */
  shownShare: () => number;
}

/** Returns whether the job is waiting or running. An undocumented status blocks nothing. */
export function isActive(record: JobRecord): boolean {
  return record.code !== null && !isFinalPhase(jobStatusTable[record.code].phase);
}

export function isWaiting(record: JobRecord): boolean {
  return record.code !== null && jobStatusTable[record.code].phase === "waiting";
}

/** Returns whether the status machine of docs/upstream-api.md section 8.2 allows the transition. */
export function mayMove(record: JobRecord, to: JobStatusCode): boolean {
  return record.code !== null && nextStatusCodes(record.code).includes(to);
}

/** Moves the job; a final status ends it at `at`. Throws if the status machine does not allow the transition. */
export function moveJob(record: JobRecord, to: JobStatusCode, at: number): void {
  if (!mayMove(record, to)) throw new Error(`job ${record.instanceNo} cannot go from ${record.code} to ${to}`);
  record.code = to;
  if (to === 13) record.crawlStartedAt = at;
  if (to === 14) record.crawlEndedAt = at;
  if (to === 3) record.scanStartedAt = at;
  if (isFinalPhase(jobStatusTable[to].phase)) record.endedAt = at;
}

/** Returns the counts to show now. They never decrease within a phase. */
export function shownCounts(record: JobRecord): { crawlCount: number; progress: number; findingCount: number } {
  const share = record.shownShare();
  return {
    crawlCount: record.code === 13 ? Math.ceil(record.crawlCount * share) : record.crawlCount,
    progress: record.code === 3 ? Math.min(99, Math.floor(record.progress * share)) : record.progress,
    findingCount: record.code === 3 ? Math.floor(record.findings.length * share) : record.findings.length,
  };
}

/** Makes the shown counts final, for a job that is stopped. */
export function freezeCounts(record: JobRecord): void {
  const { crawlCount, progress, findingCount } = shownCounts(record);
  record.crawlCount = crawlCount;
  record.progress = progress;
  record.findings = record.findings.slice(0, findingCount);
}

import { isFinalPhase, type JobStatusCode, jobStatusTable, nextStatusCodes } from "@wsc-dashboard/wsc-core";
import type { ScanFinding } from "./scanner/site-scanner.ts";

/** What createJob asked for, once it is known to be valid. */
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

/** A job in memory. Instants are milliseconds of the gateway's own clock. */
export interface JobRecord {
  /** Digits; may exceed 2^53, so it is never a number. */
  readonly instanceNo: string;
  readonly order: JobOrder;
  /** The first job of a chain of re-scans: this one, when it is none. */
  readonly firstInstanceNo: string;
  readonly startedAt: number;
  /** When searchJobs may see it, on the clock without offset. */
  readonly searchableAt: number;
  /** `null` stands for a status that the vendor has not documented. */
  code: JobStatusCode | null;
  /** Replaces the text that belongs to the code. */
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
  /** How much of what is known already may be shown, 0 to 1: a scan of a tiny site would be over before anyone looks. */
  shownShare: () => number;
}

/** Whether the job still waits or runs. A status nobody documented holds nothing up. */
export function isActive(record: JobRecord): boolean {
  return record.code !== null && !isFinalPhase(jobStatusTable[record.code].phase);
}

export function isWaiting(record: JobRecord): boolean {
  return record.code !== null && jobStatusTable[record.code].phase === "waiting";
}

/** Whether the status machine of docs/upstream-api.md section 8.2 allows the step. */
export function mayMove(record: JobRecord, to: JobStatusCode): boolean {
  return record.code !== null && nextStatusCodes(record.code).includes(to);
}

/** Moves the job; entering a final status ends it at `at`. Throws when the status machine does not allow the step. */
export function moveJob(record: JobRecord, to: JobStatusCode, at: number): void {
  if (!mayMove(record, to)) throw new Error(`job ${record.instanceNo} cannot go from ${record.code} to ${to}`);
  record.code = to;
  if (to === 13) record.crawlStartedAt = at;
  if (to === 14) record.crawlEndedAt = at;
  if (to === 3) record.scanStartedAt = at;
  if (isFinalPhase(jobStatusTable[to].phase)) record.endedAt = at;
}

/** The counts as they may be seen now. They never run backwards while a phase lasts. */
export function shownCounts(record: JobRecord): { crawlCount: number; progress: number; findingCount: number } {
  const share = record.shownShare();
  return {
    crawlCount: record.code === 13 ? Math.ceil(record.crawlCount * share) : record.crawlCount,
    progress: record.code === 3 ? Math.min(99, Math.floor(record.progress * share)) : record.progress,
    findingCount: record.code === 3 ? Math.floor(record.findings.length * share) : record.findings.length,
  };
}

/** Makes what is shown now the truth: for a job that is stopped on its way. */
export function freezeCounts(record: JobRecord): void {
  const { crawlCount, progress, findingCount } = shownCounts(record);
  record.crawlCount = crawlCount;
  record.progress = progress;
  record.findings = record.findings.slice(0, findingCount);
}

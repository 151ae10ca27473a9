import { type Job, type Report, type UndigestedReport, WscError } from "@wsc-dashboard/wsc-core";
import type { UpstreamAnswer, UpstreamClient } from "@wsc-dashboard/wsc-core/node";
import { getReportRequest, readReport } from "@wsc-dashboard/wsc-core/upstream";
import { LRUCache } from "lru-cache";
import type { JobDirectory } from "./job-directory.ts";
import { isPaused } from "./read-cache.ts";
import { withDigest } from "./report-digest.ts";

/** Kept reports together, as JSON, in bytes. */
const maxKeptBytes = 64 * 1024 * 1024;
/** A report that could not be read is not asked for again before, in milliseconds. */
const failureHoldMs = 1_000;
const mostKept = 500;
const mostFailures = 300;

/** A report that was validated when it came, with its JSON but for the job, which changes from moment to moment. */
interface KeptReport {
  readonly report: Report;
  /** `,"reportDate":…}` */
  readonly tail: Buffer;
  /** Job and report together, as long as the job stays as it is. */
  whole: { readonly job: string; readonly bytes: Buffer } | null;
}

export interface ReportReaderParts {
  readonly client: UpstreamClient;
  readonly directory: JobDirectory;
  /** Zone of the vendor's dates. */
  readonly zone: string;
  readonly now: () => number;
  /** Told every report that came; `null` when it could not be read. */
  readonly onReport?: (report: UndigestedReport | null) => void;
}

export type ReportReader = ReturnType<typeof createReportReader>;

/**
 * Reports, closed at the instant their year is over, whatever the upstream says and whatever is kept here. Kept in memory
 * only, without the sign-in data that came with them; validated and serialised once.
 */
export function createReportReader({ client, directory, zone, now, onReport = () => {} }: ReportReaderParts) {
  const kept = new LRUCache<string, KeptReport>({
    max: mostKept,
    maxSize: maxKeptBytes,
    sizeCalculation: ({ tail }) => tail.length,
  });
  /** Readers of one report at the same time share one call. */
  const pending = new Map<string, Promise<KeptReport>>();
  const failures = new LRUCache<string, { readonly error: WscError; readonly at: number }>({ max: mostFailures });

  function refuseWhenExpired(expiresAt: string | null): void {
    if (expiresAt === null || now() < Date.parse(expiresAt)) return;
    throw new WscError("160701", "the report's year is over", { expiredAt: expiresAt });
  }

  async function fetchReport(job: Job): Promise<KeptReport> {
    let report: UndigestedReport | null = null;
    const isReadable = ({ payload }: UpstreamAnswer): boolean => {
      report = readReport(payload, { job, zone, now: new Date(now()) });
      onReport(report);
      return report !== null;
    };
    await client.call(getReportRequest(job.instanceNo), { isReadable });
    if (report === null) throw new WscError("UPSTREAM_UNREADABLE", "getReport: no field of a report");
    const digested = withDigest(report);
    const { job: _, ...rest } = digested;
    return { report: digested, tail: Buffer.from(`,${JSON.stringify(rest).slice(1)}`), whole: null };
  }

  async function fetchOnce(job: Job): Promise<KeptReport> {
    const { instanceNo } = job;
    const failure = failures.get(instanceNo);
    const since = failure === undefined ? failureHoldMs : now() - failure.at;
    if (failure !== undefined && since >= 0 && since < failureHoldMs) throw failure.error;
    try {
      const report = await fetchReport(job);
      failures.delete(instanceNo);
      kept.set(instanceNo, report);
      return report;
    } catch (error) {
      if (error instanceof WscError && !isPaused(error)) failures.set(instanceNo, { error, at: now() });
      throw error;
    }
  }

  function sharedFetch(job: Job): Promise<KeptReport> {
    const { instanceNo } = job;
    const running = pending.get(instanceNo);
    if (running !== undefined) return running;
    const answer = fetchOnce(job).finally(() => pending.delete(instanceNo));
    pending.set(instanceNo, answer);
    return answer;
  }

  /** No report outlives its year here, asked for or not. */
  function forgetExpired(): void {
    for (const [instanceNo, { report }] of [...kept]) {
      if (report.expiresAt !== null && now() >= Date.parse(report.expiresAt)) kept.delete(instanceNo);
    }
  }

  async function open(instanceNo: string): Promise<{ readonly job: Job; readonly found: KeptReport }> {
    forgetExpired();
    const found = await directory.find(instanceNo);
    if (found === null) throw new WscError("JOB_NOT_FOUND");
    const { job, button } = found.record;
    refuseWhenExpired(job.reportExpiresAt);
    if (button === "expired") throw new WscError("160701", "the upstream shows the report as expired");
    if (!job.capabilities.report) throw new WscError("REPORT_NOT_READY");
    const report = kept.get(instanceNo) ?? (await sharedFetch(job));
    refuseWhenExpired(report.report.expiresAt);
    return { job, found: report };
  }

  return {
    /** Throws JOB_NOT_FOUND, REPORT_NOT_READY, 160701 or UpstreamError. */
    async read(instanceNo: string): Promise<Report> {
      const { job, found } = await open(instanceNo);
      return { ...found.report, job };
    },

    /** The same as JSON, without reading or writing thousands of findings once more. */
    async readSerialised(instanceNo: string): Promise<Uint8Array> {
      const { job, found } = await open(instanceNo);
      const text = JSON.stringify(job);
      if (found.whole?.job !== text) {
        found.whole = { job: text, bytes: Buffer.concat([Buffer.from(`{"job":${text}`), found.tail]) };
      }
      return found.whole.bytes;
    },
  };
}

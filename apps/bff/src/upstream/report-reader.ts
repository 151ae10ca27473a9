import { type Job, type Report, WscError } from "@wsc-dashboard/wsc-core";
import type { UpstreamClient } from "@wsc-dashboard/wsc-core/node";
import { getReportRequest, readReport } from "@wsc-dashboard/wsc-core/upstream";
import { LRUCache } from "lru-cache";
import type { JobDirectory } from "./job-directory.ts";
import { withDigest } from "./report-digest.ts";

const maxKept = 20;

/** A report that was validated when it came, with its JSON but for the job, which changes from moment to moment. */
interface KeptReport {
  readonly report: Report;
  /** `,"reportDate":…}` */
  readonly tail: Buffer;
  /** Job and report together, as long as the job stays as it is. */
  whole: { readonly job: string; readonly bytes: Buffer } | null;
}

export type ReportReader = ReturnType<typeof createReportReader>;

/**
 * Reports, closed at the instant their year is over, whatever the upstream says and whatever is kept here. Kept in memory
 * only, without the sign-in data that came with them; validated and serialised once.
 */
export function createReportReader(client: UpstreamClient, directory: JobDirectory, zone: string, now: () => number) {
  const kept = new LRUCache<string, KeptReport>({ max: maxKept });

  function refuseWhenExpired(expiresAt: string | null): void {
    if (expiresAt === null || now() < Date.parse(expiresAt)) return;
    throw new WscError("160701", "the report's year is over", { expiredAt: expiresAt });
  }

  async function fetchReport(job: Job): Promise<KeptReport> {
    const { payload } = await client.call(getReportRequest(job.instanceNo));
    const read = readReport(payload, { job, zone, now: new Date(now()) });
    if (read === null) throw new WscError("UPSTREAM_UNREADABLE", "getReport: no field of a report");
    const report = withDigest(read);
    const { job: _, ...rest } = report;
    return { report, tail: Buffer.from(`,${JSON.stringify(rest).slice(1)}`), whole: null };
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
    const keptReport = kept.get(instanceNo) ?? (await fetchReport(job));
    kept.set(instanceNo, keptReport);
    refuseWhenExpired(keptReport.report.expiresAt);
    return { job, found: keptReport };
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

import { type ExportFormat, type FindingQuery, type GatewayFact, type Job, WscError } from "@wsc-dashboard/wsc-core";
import { sharedBytes, type UpstreamAnswer, type UpstreamClient } from "@wsc-dashboard/wsc-core/node";
import { getReportRequest, unlistedJob } from "@wsc-dashboard/wsc-core/upstream";
import { LRUCache } from "lru-cache";
import type { JobDirectory } from "../upstream/job-directory.ts";
import { wasNotSent } from "../upstream/read-cache.ts";
import type { ExportContext } from "./exports/export-context.ts";
import type { IdentifiedVerdict } from "./exports/exported-verdicts.ts";
import type { ReportThread } from "./report-thread.ts";
import type { ExportedReport, ReadReport, ReportHead, ReportIdentities, SerialisedReport } from "./report-work.ts";

/** Size limit of all cached reports as JSON, in bytes. */
const maxKeptBytes = 64 * 1024 * 1024;
/** After a failed read, a report is not requested again for this long, in milliseconds. */
const failureHoldMs = 1_000;
/** After a request by number only, the upstream is not asked again for this long, in milliseconds. */
const unlistedHoldMs = 60_000;
const maxKept = 500;
const maxFailures = 300;

/** A validated report as JSON, with the job that the bytes contain. */
interface KeptReport {
  readonly head: ReportHead;
  bytes: Uint8Array;
  job: Job;
  jobText: string;
}

/** The gateway's response for a report whose job is not in the list. `expired`: there was one. */
type UnlistedReport = "read" | "expired" | "unknown";

/** When the report expires, in milliseconds since the epoch. */
const endOf = ({ head: { expiresAt } }: KeptReport): number =>
  expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(expiresAt);

const prefixOf = (jobText: string): string => `{"job":${jobText}`;

/** The report's bytes with the current job; the same bytes while the job is unchanged. */
function bytesWith(job: Job, report: KeptReport): Uint8Array {
  if (job === report.job) return report.bytes;
  report.job = job;
  const jobText = JSON.stringify(job);
  if (jobText !== report.jobText) {
    const rest = report.bytes.subarray(Buffer.byteLength(prefixOf(report.jobText)));
    report.bytes = sharedBytes(Buffer.from(prefixOf(jobText)), rest);
    report.jobText = jobText;
  }
  return report.bytes;
}

export interface ReportReaderParts {
  readonly client: UpstreamClient;
  readonly directory: JobDirectory;
  readonly thread: ReportThread;
  /** IANA time zone of the vendor's dates. */
  readonly zone: string;
  readonly now: () => number;
  /** Called with the facts about the gateway that a report shows. */
  readonly onFacts?: (facts: readonly GatewayFact[]) => void;
}

/** The findings to export. */
export interface ExportedPart {
  readonly criteria: FindingQuery;
  /** The earlier report for computing changes; `null` when they are not needed. */
  readonly base: SerialisedReport | null;
  readonly verdicts: readonly IdentifiedVerdict[];
}

export interface ComparedReport {
  readonly report: SerialisedReport;
  /** The requested speed, when the job was requested by this dashboard. */
  readonly speed: string | null;
}

/** Fetches reports; concurrent readers of a report share one call. */
function createReportFetch(
  { client, thread, zone, now, onFacts = () => {} }: ReportReaderParts,
  keep: (instanceNo: string, report: KeptReport) => void,
) {
  const pending = new Map<string, Promise<KeptReport>>();
  const failures = new LRUCache<string, { readonly error: WscError; readonly at: number }>({ max: maxFailures });

  async function fetchReport(job: Job, isUnlisted: boolean): Promise<KeptReport> {
    const { payload } = await client.call(getReportRequest(job.instanceNo), {
      // Not retried: the gateway reports failures and unknown numbers in the same way.
      isOnce: isUnlisted,
      decode: ({ httpStatus, body }) =>
        thread.run("read", { httpStatus, body, job, isUnlisted, zone, readAt: now() }, body.length),
      isReadable: ({ payload }: UpstreamAnswer) => {
        const { report, facts } = payload as ReadReport;
        onFacts(facts);
        return report !== null;
      },
    });
    const { report } = payload as ReadReport;
    if (report === null) throw new WscError("UPSTREAM_UNREADABLE", "getReport: no report");
    const { head, bytes } = report;
    return { head, bytes, job: head.job, jobText: JSON.stringify(head.job) };
  }

  async function fetchOnce(job: Job, isUnlisted: boolean): Promise<KeptReport> {
    const { instanceNo } = job;
    const failure = failures.get(instanceNo);
    const since = failure === undefined ? failureHoldMs : now() - failure.at;
    if (failure !== undefined && since >= 0 && since < failureHoldMs) throw failure.error;
    try {
      const report = await fetchReport(job, isUnlisted);
      failures.delete(instanceNo);
      keep(instanceNo, report);
      return report;
    } catch (error) {
      if (error instanceof WscError && !wasNotSent(error)) failures.set(instanceNo, { error, at: now() });
      throw error;
    }
  }

  return function sharedFetch(job: Job, isUnlisted = false): Promise<KeptReport> {
    const { instanceNo } = job;
    const running = pending.get(instanceNo);
    if (running !== undefined) return running;
    const answer = fetchOnce(job, isUnlisted).finally(() => pending.delete(instanceNo));
    pending.set(instanceNo, answer);
    return answer;
  };
}

/** Caches reports until they expire. */
function createKeptReports(now: () => number) {
  const kept = new LRUCache<string, KeptReport>({
    max: maxKept,
    maxSize: maxKeptBytes,
    sizeCalculation: ({ bytes }) => bytes.length,
  });
  /** No cached report expires before this instant. */
  let nextEnd = Number.POSITIVE_INFINITY;
  return {
    get: (instanceNo: string): KeptReport | undefined => kept.get(instanceNo),
    keep(instanceNo: string, report: KeptReport): void {
      kept.set(instanceNo, report);
      nextEnd = Math.min(nextEnd, endOf(report));
    },
    /** Evicts expired reports, whether requested or not. */
    forgetExpired(): void {
      if (now() < nextEnd) return;
      for (const [instanceNo, report] of [...kept]) if (now() >= endOf(report)) kept.delete(instanceNo);
      nextEnd = [...kept.values()].reduce((first, report) => Math.min(first, endOf(report)), Number.POSITIVE_INFINITY);
    },
  };
}

/** Asks the gateway for a report by number only, which needs no list; at most once a minute per number. */
function createUnlistedReports(
  fetchReport: (job: Job, isUnlisted: boolean) => Promise<KeptReport>,
  now: () => number,
): (instanceNo: string) => Promise<UnlistedReport> {
  const known = new LRUCache<string, { readonly at: number; readonly answer: Promise<UnlistedReport> }>({
    max: maxFailures,
  });

  async function ask(instanceNo: string): Promise<UnlistedReport> {
    try {
      await fetchReport(unlistedJob(instanceNo), true);
      return "read";
    } catch (error) {
      if (error instanceof WscError && error.code === "160701") return "expired";
      // The gateway responds in the same way for an unknown job and for one without a report.
      if (error instanceof WscError && error.code === "901") return "unknown";
      throw error;
    }
  }

  return (instanceNo) => {
    const asked = known.get(instanceNo);
    const since = now() - (asked?.at ?? Number.NEGATIVE_INFINITY);
    if (asked !== undefined && since >= 0 && since < unlistedHoldMs) return asked.answer;
    const answer = ask(instanceNo);
    known.set(instanceNo, { at: now(), answer });
    return answer;
  };
}

/** Operations on the bytes of reports. */
function createReportWork(thread: ReportThread) {
  const identities = new WeakMap<Uint8Array, Promise<ReportIdentities>>();
  return {
    /** Exports the report, or a selection of its findings, as a file. */
    export(
      { bytes }: SerialisedReport,
      format: ExportFormat,
      context: Pick<ExportContext, "language" | "zone" | "version">,
      { criteria, base, verdicts }: ExportedPart,
    ): Promise<ExportedReport> {
      const size = bytes.length + (base?.bytes.length ?? 0);
      return thread.run("export", { bytes, format, context, criteria, base: base?.bytes ?? null, verdicts }, size);
    },

    /** The identities of its findings; computed once per byte array. */
    identify({ bytes }: SerialisedReport): Promise<ReportIdentities> {
      const known = identities.get(bytes);
      if (known !== undefined) return known;
      const identified = thread.run("identify", { bytes }, bytes.length);
      identities.set(bytes, identified);
      identified.catch(() => identities.delete(bytes));
      return identified;
    },

    /** Identities of the findings of an earlier report that a later run tested for and did not find. */
    findFixed(base: SerialisedReport, head: SerialisedReport): Promise<string[]> {
      const size = base.bytes.length + head.bytes.length;
      return thread.run("findFixed", { base: base.bytes, head: head.bytes }, size);
    },

    /** The comparison of two reports, as JSON. */
    compare(base: ComparedReport, head: ComparedReport): Promise<Uint8Array> {
      const run = ({ report: { bytes }, speed }: ComparedReport) => ({ bytes, speed });
      const size = base.report.bytes.length + head.report.bytes.length;
      return thread.run("compare", { base: run(base), head: run(head) }, size);
    },
  };
}

export type ReportReader = ReturnType<typeof createReportReader>;

/**
 * Reads reports and refuses them from the instant they expire, whatever the upstream says and whatever is cached. Cached in
 * memory only, without the sign-in data in them; validated and serialised once.
 */
export function createReportReader(parts: ReportReaderParts) {
  const { directory, thread, now } = parts;
  const kept = createKeptReports(now);
  const sharedFetch = createReportFetch(parts, kept.keep);
  const unlistedReport = createUnlistedReports(sharedFetch, now);

  function refuseWhenExpired(expiresAt: string | null): void {
    if (expiresAt === null || now() < Date.parse(expiresAt)) return;
    throw new WscError("160701", "the report's year is over", { expiredAt: expiresAt });
  }

  async function serialisedListed(job: Job): Promise<SerialisedReport> {
    kept.forgetExpired();
    refuseWhenExpired(job.reportExpiresAt);
    if (!job.capabilities.report) throw new WscError("REPORT_NOT_READY");
    const report = kept.get(job.instanceNo) ?? (await sharedFetch(job));
    refuseWhenExpired(report.head.expiresAt);
    return { head: { ...report.head, job }, bytes: bytesWith(job, report) };
  }

  /** The report of a job that was not found in the list. */
  async function serialisedUnlisted(instanceNo: string): Promise<SerialisedReport> {
    if (!directory.isUndecided(instanceNo)) throw directory.notMet(instanceNo);
    const answer = kept.get(instanceNo) === undefined ? await unlistedReport(instanceNo) : "read";
    if (answer === "expired") throw new WscError("160701", "the report's year is over");
    const known = kept.get(instanceNo);
    if (known === undefined) throw directory.notMet(instanceNo);
    refuseWhenExpired(known.head.expiresAt);
    return { head: known.head, bytes: known.bytes };
  }

  async function serialised(instanceNo: string): Promise<SerialisedReport> {
    const found = await directory.find(instanceNo);
    kept.forgetExpired();
    if (found === null) return serialisedUnlisted(instanceNo);
    const { job, button } = found.record;
    refuseWhenExpired(job.reportExpiresAt);
    if (button === "expired") throw new WscError("160701", "the upstream shows the report as expired");
    return serialisedListed(job);
  }

  return {
    ...createReportWork(thread),

    /** The report without its findings. Throws JOB_NOT_FOUND, REPORT_NOT_READY, 160701 or UpstreamError. */
    async read(instanceNo: string): Promise<ReportHead> {
      return (await serialised(instanceNo)).head;
    },

    /** The whole report as JSON, without parsing or serialising its findings again. */
    async readSerialised(instanceNo: string): Promise<Uint8Array> {
      return (await serialised(instanceNo)).bytes;
    },

    serialised,

    /** Whether a report with this number exists or existed; at most one call per minute. */
    async hasReport(instanceNo: string): Promise<boolean> {
      if (kept.get(instanceNo) !== undefined) return true;
      try {
        return (await unlistedReport(instanceNo)) !== "unknown";
      } catch (error) {
        // The call failed, so the answer is unknown.
        if (error instanceof WscError) return false;
        throw error;
      }
    },

    /** The report of a job already known from the list, without looking it up again. */
    serialisedListed,
  };
}

import {
  type ComparableJob,
  type ComparableSettings,
  choosePartner,
  comparableSettingsOf,
  type IncomparableReason,
  type Job,
  WscError,
} from "@wsc-dashboard/wsc-core";
import { targetOf } from "../reports/kept-target.ts";
import type { ReportReader } from "../reports/report-reader.ts";
import type { ReportHead } from "../reports/report-work.ts";
import type { JobDirectory } from "../upstream/job-directory.ts";
import { findEarlierJobs, isEarlierJob } from "../upstream/target-history.ts";
import type { JobSummaries } from "./job-summaries.ts";

/** Maximum reports read in one call to learn their settings. */
const maxReads = 8;

export interface ComparisonPartnerParts {
  readonly directory: JobDirectory;
  readonly reports: Pick<ReportReader, "read">;
  readonly summaries: Pick<JobSummaries, "all">;
  /** The job that a re-scan repeats; `null` for other jobs. */
  readonly masterOf: (instanceNo: string) => Promise<string | null>;
}

export interface FoundPartner {
  readonly predecessor: Job | null;
  readonly notComparable: IncomparableReason | null;
  readonly lookedAt: string | null;
}

export type ComparisonPartners = ReturnType<typeof createComparisonPartners>;

/** Finds the job to compare a report with, by the rule of `choosePartner`. */
export function createComparisonPartners({ directory, reports, summaries, masterOf }: ComparisonPartnerParts) {
  /** Earlier finished jobs of the target, including the master even when the list is long. */
  async function earlierJobs(head: Job, master: string | null): Promise<readonly Job[]> {
    const jobs = await findEarlierJobs(directory, head);
    if (master === null || jobs.some(({ instanceNo }) => instanceNo === master)) return jobs;
    const found = (await directory.find(master))?.record.job ?? null;
    return found !== null && isEarlierJob(found, head) ? [...jobs, found] : jobs;
  }

  /** The settings of the target's jobs that are known already. */
  async function knownSettings(startUrl: string): Promise<Map<string, ComparableSettings>> {
    const rows = await summaries.all(targetOf(startUrl));
    return new Map(
      rows.flatMap(({ instance_no, settings }) => (settings === null ? [] : [[instance_no, JSON.parse(settings)]])),
    );
  }

  return {
    /** Throws UpstreamError when the list cannot be read. */
    async of(report: Pick<ReportHead, "job" | "scope">): Promise<FoundPartner> {
      const { instanceNo, endedAt, startUrl } = report.job;
      const master = await masterOf(instanceNo);
      const jobs = new Map((await earlierJobs(report.job, master)).map((job) => [job.instanceNo, job]));
      const settings = await knownSettings(startUrl);
      const head: ComparableJob = { instanceNo, endedAt, settings: comparableSettingsOf(report) };
      for (let reads = 0; ; reads += 1) {
        const others = [...jobs.values()].map((job) => ({
          instanceNo: job.instanceNo,
          endedAt: job.endedAt,
          settings: settings.get(job.instanceNo) ?? null,
        }));
        const { partner, notComparable, lookedAt } = choosePartner(head, master, others);
        if (notComparable !== "unread" || lookedAt === null || reads >= maxReads) {
          return { predecessor: jobs.get(partner ?? "") ?? null, notComparable, lookedAt };
        }
        try {
          settings.set(lookedAt, comparableSettingsOf(await reports.read(lookedAt)));
        } catch (error) {
          if (!(error instanceof WscError)) throw error;
          // A report that cannot be read cannot be a partner.
          jobs.delete(lookedAt);
        }
      }
    },
  };
}

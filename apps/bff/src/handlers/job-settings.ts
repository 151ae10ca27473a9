import { type Draft, type JobSettings, storableDraft, userAgents, WscError } from "@wsc-dashboard/wsc-core";
import type { OrderedJobs } from "../outbox/ordered-jobs.ts";
import type { ReportReader } from "../reports/report-reader.ts";
import type { JobDirectory } from "../upstream/job-directory.ts";

export interface JobSettingsParts {
  readonly orderedJobs: OrderedJobs;
  readonly directory: JobDirectory;
  readonly reports: ReportReader;
}

export type JobSettingsReader = ReturnType<typeof createJobSettings>;

/** What a job was created with, from the most complete source. */
export function createJobSettings({ orderedJobs, directory, reports }: JobSettingsParts) {
  /** The scope of a report, in the words of an order. How the scanner was let in is known, with what is not. */
  async function readScope(instanceNo: string): Promise<Draft | null> {
    try {
      const { scope } = await reports.read(instanceNo);
      const { excluded, items, userAgent, signInUsed } = scope;
      return {
        excludeUrls: excluded,
        ...(items.length === 0 ? {} : { items }),
        ...(userAgents.some((word) => word === userAgent) && userAgent !== null ? { userAgent } : {}),
        signIn: signInUsed ? { kind: "headers", headerNames: ["Cookie"] } : { kind: "none" },
      };
    } catch (error) {
      // A form with less in it is better than none.
      if (error instanceof WscError) return null;
      throw error;
    }
  }

  return {
    /** Throws JOB_NOT_FOUND, or the upstream's error while no other source knows the job. */
    async ofJob(instanceNo: string): Promise<JobSettings> {
      const own = await orderedJobs.settingsOfJob(instanceNo);
      if (own !== null) {
        const { when: _, rescanOf: __, ...settings } = own;
        return { settings, source: "submission" };
      }
      const found = await directory.find(instanceNo);
      if (found === null) throw directory.notMet(instanceNo);
      const { startUrl, memo, capabilities } = found.record.job;
      const scope = capabilities.report ? await readScope(instanceNo) : null;
      return { settings: storableDraft({ startUrl, memo, ...scope }), source: scope === null ? "list" : "report" };
    },

    /** Throws SUBMISSION_NOT_FOUND. */
    async ofSubmission(id: string): Promise<JobSettings> {
      const settings = await orderedJobs.settingsOfSubmission(id);
      if (settings === null) throw new WscError("SUBMISSION_NOT_FOUND");
      return { settings, source: "submission" };
    },
  };
}

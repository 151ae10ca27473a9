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

/** Reads the settings of a job, from the most complete source. */
export function createJobSettings({ orderedJobs, directory, reports }: JobSettingsParts) {
  /** The scope of a report as a draft. It tells whether a sign-in was used, but not with which values. */
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
      // A less complete form is better than none.
      if (error instanceof WscError) return null;
      throw error;
    }
  }

  return {
    /** The settings of a job. Throws JOB_NOT_FOUND, or the upstream's error when no other source has the job. */
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

    /** The settings of a submission. Throws SUBMISSION_NOT_FOUND. */
    async ofSubmission(id: string): Promise<JobSettings> {
      const settings = await orderedJobs.settingsOfSubmission(id);
      if (settings === null) throw new WscError("SUBMISSION_NOT_FOUND");
      return { settings, source: "submission" };
    },
  };
}

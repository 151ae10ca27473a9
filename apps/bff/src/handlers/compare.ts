import {
  type BffApi,
  compareReports,
  type Handlers,
  type Report,
  targetHostOf,
  WscError,
} from "@wsc-dashboard/wsc-core";
import type { CallContext } from "../calls/call-context.ts";
import { fieldRefusal } from "../errors/field-refusal.ts";
import type { OrderedJobs } from "../outbox/ordered-jobs.ts";
import type { JobDirectory } from "../upstream/job-directory.ts";
import type { ReportReader } from "../upstream/report-reader.ts";
import { findPredecessor } from "../upstream/target-history.ts";

export interface CompareHandlerParts {
  readonly reports: ReportReader;
  readonly directory: JobDirectory;
  readonly orderedJobs: OrderedJobs;
}

export function compareHandlers({
  reports,
  directory,
  orderedJobs,
}: CompareHandlerParts): Handlers<BffApi, CallContext>["compare"] {
  /** What is wrong with one side is said of that side. */
  async function readSide(side: "base" | "head", instanceNo: string): Promise<Report> {
    try {
      return await reports.read(instanceNo);
    } catch (error) {
      if (!(error instanceof WscError)) throw error;
      const errors = [{ pointer: `/${side}`, code: error.code }];
      throw new WscError(error.code, `${side}: ${error.message}`, { ...error.details, errors, cause: error });
    }
  }

  return {
    get: async ({ query }) => {
      if (query.base === query.head) throw fieldRefusal("COMPARE_SAME_JOB", "/base");
      const head = await readSide("head", query.head);
      const base = query.base ?? (await findPredecessor(directory, head.job))?.instanceNo;
      if (base === undefined) throw fieldRefusal("PREDECESSOR_NOT_FOUND", "/base");
      const report = await readSide("base", base);
      if (targetHostOf(report.job.startUrl) !== targetHostOf(head.job.startUrl)) {
        throw fieldRefusal("COMPARE_TARGETS_DIFFER", "/base");
      }
      const [before, after] = await Promise.all([orderedJobs.speedOf(base), orderedJobs.speedOf(query.head)]);
      return compareReports({ report, speed: before }, { report: head, speed: after });
    },
  };
}

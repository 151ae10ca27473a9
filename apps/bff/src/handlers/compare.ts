import { type BffApi, type Handlers, targetHostOf, WscError } from "@wsc-dashboard/wsc-core";
import type { CallContext } from "../calls/call-context.ts";
import { fieldRefusal } from "../errors/field-refusal.ts";
import type { OrderedJobs } from "../outbox/ordered-jobs.ts";
import type { ReportReader } from "../reports/report-reader.ts";
import type { SerialisedReport } from "../reports/report-work.ts";
import { createSharedSlots } from "../shares/shared-slots.ts";
import type { ComparisonPartners } from "../summaries/comparison-partners.ts";

/** Maximum number of concurrent comparisons. */
const maxComparisons = { total: 8, perPerson: 2 };

export interface CompareHandlerParts {
  readonly reports: ReportReader;
  readonly partners: ComparisonPartners;
  readonly orderedJobs: OrderedJobs;
}

export function compareHandlers({
  reports,
  partners,
  orderedJobs,
}: CompareHandlerParts): Handlers<BffApi, CallContext>["compare"] {
  /** Reads a report; an error names its side. */
  async function readSide(side: "base" | "head", instanceNo: string): Promise<SerialisedReport> {
    try {
      return await reports.serialised(instanceNo);
    } catch (error) {
      if (!(error instanceof WscError)) throw error;
      const errors = [{ pointer: `/${side}`, code: error.code }];
      throw new WscError(error.code, `${side}: ${error.message}`, { ...error.details, errors, cause: error });
    }
  }

  async function compare(headNo: string, baseNo: string | undefined): Promise<Uint8Array> {
    if (baseNo === headNo) throw fieldRefusal("COMPARE_SAME_JOB", "/base");
    const head = await readSide("head", headNo);
    const base = baseNo ?? (await partners.of(head.head)).predecessor?.instanceNo;
    if (base === undefined) throw fieldRefusal("PREDECESSOR_NOT_FOUND", "/base");
    const report = await readSide("base", base);
    if (targetHostOf(report.head.job.startUrl) !== targetHostOf(head.head.job.startUrl)) {
      throw fieldRefusal("COMPARE_TARGETS_DIFFER", "/base");
    }
    const [before, after] = await Promise.all([orderedJobs.speedOf(base), orderedJobs.speedOf(headNo)]);
    return reports.compare({ report, speed: before }, { report: head, speed: after });
  }

  const slots = createSharedSlots(maxComparisons, "comparisons");
  return { get: ({ query }, { user }) => slots.run(user.id, () => compare(query.head, query.base)) };
}

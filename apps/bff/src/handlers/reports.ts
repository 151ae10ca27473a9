import {
  type BffApi,
  coverageOf,
  type ExportFormat,
  type FindingQuery,
  type Handlers,
  targetHostOf,
  WscError,
} from "@wsc-dashboard/wsc-core";
import type { CallContext } from "../calls/call-context.ts";
import { fieldRefusal } from "../errors/field-refusal.ts";
import type { ClosingReportList } from "../reports/closing-reports.ts";
import type { ExportLog } from "../reports/export-log.ts";
import type { IdentifiedVerdict } from "../reports/exports/exported-verdicts.ts";
import type { ReportReader } from "../reports/report-reader.ts";
import type { ReportHead, SerialisedReport } from "../reports/report-work.ts";
import { createSharedSlots } from "../shares/shared-slots.ts";
import type { ComparisonPartners } from "../summaries/comparison-partners.ts";

/** Maximum numbers of concurrent reads and exports. */
const maxReads = { total: 100, perPerson: 8 };
const maxExports = { total: 8, perPerson: 2 };

export interface ReportHandlerParts {
  readonly reports: ReportReader;
  readonly partners: ComparisonPartners;
  readonly closing: ClosingReportList;
  readonly logExport: ExportLog;
  /** Reads the verdicts on the findings of a report. */
  readonly readVerdicts: (report: SerialisedReport) => Promise<readonly IdentifiedVerdict[]>;
  /** Default zone of times in files. */
  readonly zone: string;
  readonly version: string;
  readonly now: () => number;
}

export function reportHandlers({
  reports,
  partners,
  closing,
  logExport,
  readVerdicts,
  zone: serverZone,
  version,
  now,
}: ReportHandlerParts): Handlers<BffApi, CallContext>["reports"] {
  const reading = createSharedSlots(maxReads, "reports");
  const exporting = createSharedSlots(maxExports, "exports");

  return {
    get: ({ params }, { user }) => reading.run(user.id, () => reports.readSerialised(params.instanceNo)),
    predecessor: async ({ params }) => {
      const report = await reports.read(params.instanceNo);
      const found = await partners.of(report);
      const { predecessor } = found;
      return { ...found, coverage: predecessor === null ? null : coverageOf(predecessor, report.job) };
    },
    closing: () => closing.list(),
    export: ({ params, query }, { user, requestId }) =>
      exporting.run(user.id, async () => {
        const { instanceNo } = params;
        const { format, lang: language, zone = serverZone, ...criteria } = query;
        const report = await reports.serialised(instanceNo);
        const base = await neededBase(report.head, format, criteria);
        const part = { criteria, base, verdicts: await readVerdicts(report) };
        const { file, findings, selection } = await reports.export(report, format, { language, zone, version }, part);
        await logExport({ at: now(), user, requestId, instanceNo, format, findings, selection });
        return file;
      }),
  };

  /** The base report, needed for a filter by change, and for SARIF, which contains changes when there is a partner. */
  async function neededBase(
    head: ReportHead,
    format: ExportFormat,
    { change, base }: FindingQuery,
  ): Promise<SerialisedReport | null> {
    if (change !== undefined) return baseFor(head, base);
    if (format !== "sarif") return null;
    try {
      return await baseFor(head, base);
    } catch (error) {
      if (error instanceof WscError && base === undefined) return null;
      throw error;
    }
  }

  /** The earlier report for computing changes: the requested one, else the partner. */
  async function baseFor(head: ReportHead, named: string | undefined): Promise<SerialisedReport> {
    const base = named ?? (await partners.of(head)).predecessor?.instanceNo;
    if (base === undefined) throw fieldRefusal("PREDECESSOR_NOT_FOUND", "/base");
    if (base === head.job.instanceNo) throw fieldRefusal("COMPARE_SAME_JOB", "/base");
    const earlier = await reports.serialised(base);
    if (targetHostOf(earlier.head.job.startUrl) === targetHostOf(head.job.startUrl)) return earlier;
    throw fieldRefusal("COMPARE_TARGETS_DIFFER", "/base");
  }
}

import { type BffApi, coverageOf, type Handlers } from "@wsc-dashboard/wsc-core";
import type { CallContext } from "../calls/call-context.ts";
import type { ClosingReportList } from "../reports/closing-reports.ts";
import type { ExportLog } from "../reports/export-log.ts";
import { exportReport } from "../reports/report-export.ts";
import type { JobDirectory } from "../upstream/job-directory.ts";
import type { ReportReader } from "../upstream/report-reader.ts";
import { findPredecessor } from "../upstream/target-history.ts";

export interface ReportHandlerParts {
  readonly reports: ReportReader;
  readonly directory: JobDirectory;
  readonly closing: ClosingReportList;
  readonly logExport: ExportLog;
  /** Zone of the times in files. */
  readonly zone: string;
  readonly version: string;
  readonly now: () => number;
}

export function reportHandlers({
  reports,
  directory,
  closing,
  logExport,
  zone,
  version,
  now,
}: ReportHandlerParts): Handlers<BffApi, CallContext>["reports"] {
  return {
    get: ({ params }) => reports.readSerialised(params.instanceNo),
    predecessor: async ({ params }) => {
      const { job } = await reports.read(params.instanceNo);
      const predecessor = await findPredecessor(directory, job);
      return { predecessor, coverage: predecessor === null ? null : coverageOf(predecessor, job) };
    },
    closing: () => closing.list(),
    export: async ({ params, query }, { user, requestId }) => {
      const { instanceNo } = params;
      const report = await reports.read(instanceNo);
      const file = exportReport(report, query.format, { language: query.lang, zone, version });
      const findings = report.findings.length;
      await logExport({ at: now(), user, requestId, instanceNo, format: query.format, findings });
      return file;
    },
  };
}

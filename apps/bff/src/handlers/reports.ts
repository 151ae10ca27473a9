import { type BffApi, coverageOf, type Handlers } from "@wsc-dashboard/wsc-core";
import type { CallContext } from "../calls/call-context.ts";
import type { ClosingReportList } from "../reports/closing-reports.ts";
import type { ExportLog } from "../reports/export-log.ts";
import type { ReportReader } from "../reports/report-reader.ts";
import { createSharedSlots } from "../shares/shared-slots.ts";
import type { JobDirectory } from "../upstream/job-directory.ts";
import { findPredecessor } from "../upstream/target-history.ts";

/** Reports read at a time, and files made of them. */
const maxReads = { total: 100, perPerson: 8 };
const maxExports = { total: 8, perPerson: 2 };

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
  const reading = createSharedSlots(maxReads, "reports");
  const exporting = createSharedSlots(maxExports, "exports");

  return {
    get: ({ params }, { user }) => reading.run(user.id, () => reports.readSerialised(params.instanceNo)),
    predecessor: async ({ params }) => {
      const { job } = await reports.read(params.instanceNo);
      const predecessor = await findPredecessor(directory, job);
      return { predecessor, coverage: predecessor === null ? null : coverageOf(predecessor, job) };
    },
    closing: () => closing.list(),
    export: ({ params, query }, { user, requestId }) =>
      exporting.run(user.id, async () => {
        const { instanceNo } = params;
        const report = await reports.serialised(instanceNo);
        const file = await reports.export(report, query.format, { language: query.lang, zone, version });
        const findings = report.head.findingCount;
        await logExport({ at: now(), user, requestId, instanceNo, format: query.format, findings });
        return file;
      }),
  };
}

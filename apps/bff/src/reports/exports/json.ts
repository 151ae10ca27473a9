import { type Report, type ReportDocument, reportDocumentVersion } from "@wsc-dashboard/wsc-core";
import type { ExportContext } from "./export-context.ts";

/** The report as our API gives it, with the version of its form (docs/report.schema.json). */
export function toJson(report: Report, { selection }: ExportContext): string {
  const document: ReportDocument = {
    schemaVersion: reportDocumentVersion,
    ...(selection === undefined ? {} : { selection }),
    ...report,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

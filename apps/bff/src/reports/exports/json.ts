import { type Report, type ReportDocument, reportDocumentVersion } from "@wsc-dashboard/wsc-core";

/** The report as our API gives it, with the version of its form (docs/report.schema.json). */
export function toJson(report: Report): string {
  const document: ReportDocument = { schemaVersion: reportDocumentVersion, ...report };
  return `${JSON.stringify(document, null, 2)}\n`;
}

import type { Report } from "@wsc-dashboard/wsc-core";

/** The report as our API gives it, with the version of its schema (docs/report.schema.json). */
export function toJson(report: Report): string {
  return `${JSON.stringify({ schemaVersion: 1, ...report }, null, 2)}\n`;
}

import type { ExportFormat, FileAnswer, Report } from "@wsc-dashboard/wsc-core";
import { toCsv } from "./exports/csv.ts";
import { toDefectDojo } from "./exports/defectdojo.ts";
import type { ExportContext } from "./exports/export-context.ts";
import { toHtml } from "./exports/html.ts";
import { toJson } from "./exports/json.ts";
import { toSarif } from "./exports/sarif.ts";
import { reportHostOf } from "./exports/target-url.ts";
import { writtenDay } from "./exports/written-time.ts";

interface Exporter {
  readonly extension: string;
  readonly mediaType: string;
  readonly write: (report: Report, context: ExportContext) => string;
}

const exporters: Readonly<Record<ExportFormat, Exporter>> = {
  sarif: { extension: "sarif", mediaType: "application/sarif+json", write: toSarif },
  defectdojo: { extension: "defectdojo.json", mediaType: "application/json", write: toDefectDojo },
  csv: { extension: "csv", mediaType: "text/csv; charset=utf-8", write: toCsv },
  json: { extension: "json", mediaType: "application/json", write: toJson },
  html: { extension: "html", mediaType: "text/html; charset=utf-8", write: toHtml },
};

/** `wsc_{host}_{instanceNo}_{day of the report}`, and the size of the selection, in characters valid on every file system. */
function baseNameOf(report: Report, { zone, selection }: ExportContext): string {
  const host = reportHostOf(report)
    .replace(/[^A-Za-z0-9.-]+/g, "-")
    .slice(0, 100);
  const end = report.reportDate ?? report.job.endedAt;
  const day = end === null ? [] : [writtenDay(end, zone)];
  const part = selection === undefined ? [] : [`${selection.shown}-of-${selection.total}`];
  return ["wsc", host, report.job.instanceNo, ...day, ...part].join("_");
}

/** Writes a report in a format. All formats are made from the same model. */
export function exportReport(report: Report, format: ExportFormat, context: ExportContext): FileAnswer {
  const { extension, mediaType, write } = exporters[format];
  return {
    fileName: `${baseNameOf(report, context)}.${extension}`,
    mediaType,
    content: Buffer.from(write(report, context)),
  };
}

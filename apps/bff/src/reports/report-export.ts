import {
  type ExportFormat,
  type FileAnswer,
  type Report,
  type ReportLanguage,
  wallTimeAt,
} from "@wsc-dashboard/wsc-core";
import { toCsv } from "./exports/csv.ts";
import { toDefectDojo } from "./exports/defectdojo.ts";
import { toHtml } from "./exports/html.ts";
import { toJson } from "./exports/json.ts";
import { toSarif } from "./exports/sarif.ts";

interface Exporter {
  readonly extension: string;
  readonly mediaType: string;
  readonly write: (report: Report, language: ReportLanguage) => string;
}

const exporters: Readonly<Record<ExportFormat, Exporter>> = {
  sarif: { extension: "sarif", mediaType: "application/sarif+json", write: toSarif },
  defectdojo: { extension: "defectdojo.json", mediaType: "application/json", write: toDefectDojo },
  csv: { extension: "csv", mediaType: "text/csv; charset=utf-8", write: toCsv },
  json: { extension: "json", mediaType: "application/json", write: toJson },
  html: { extension: "html", mediaType: "text/html; charset=utf-8", write: toHtml },
};

const two = (part: number): string => String(part).padStart(2, "0");

/** `wsc_{host}_{instanceNo}_{day of the report}`, in letters that every file system takes. */
function baseNameOf({ job, scope, reportDate }: Report, zone: string): string {
  const target = scope.target ?? job.startUrl;
  const host = URL.canParse(target) ? new URL(target).host : "target";
  const end = reportDate ?? job.endedAt;
  const day = end === null ? null : wallTimeAt(new Date(end), zone);
  const parts = ["wsc", host.replace(/[^A-Za-z0-9.-]+/g, "-").slice(0, 100), job.instanceNo];
  return [...parts, ...(day === null ? [] : [`${day.year}${two(day.month)}${two(day.day)}`])].join("_");
}

/** Writes a report in one of the formats. All of them are made of the same model. */
export function exportReport(report: Report, format: ExportFormat, language: ReportLanguage, zone: string): FileAnswer {
  const { extension, mediaType, write } = exporters[format];
  return {
    fileName: `${baseNameOf(report, zone)}.${extension}`,
    mediaType,
    content: Buffer.from(write(report, language)),
  };
}

import { adviceFinder, byteOrderMark, csvRow, type Report } from "@wsc-dashboard/wsc-core";
import { reportWords } from "../words/report-words.ts";
import type { ExportContext } from "./export-context.ts";

/** A spreadsheet's cell ends at 32,767. */
const longestCell = 32_000;

/** One row for each finding, for people with a spreadsheet: UTF-8 with byte order mark, CRLF, a header in their language. */
export function toCsv({ findings, recommendations, job }: Report, { language }: ExportContext): string {
  const words = reportWords(language);
  const head = [
    words.number,
    words.risk,
    words.item,
    words.method,
    "URL",
    words.parameter,
    words.evidence,
    words.otherFields,
    words.howToFix,
    words.fingerprint,
    words.instanceNo,
  ];
  const adviceFor = adviceFinder(recommendations);
  const rows = findings.map((finding) => [
    finding.number,
    words.severity[finding.severity ?? "none"],
    finding.item,
    finding.method ?? "",
    finding.url ?? "",
    finding.parameter ?? "",
    finding.evidence ?? "",
    finding.otherFields.map(({ name, value }) => `${name}: ${value}`).join("\n"),
    adviceFor(finding.item) ?? "",
    finding.fingerprint,
    job.instanceNo,
  ]);
  const fitting = (value: string): string =>
    value.length <= longestCell ? value : `${value.slice(0, longestCell)} ${words.cut(longestCell, value.length)}`;
  return byteOrderMark + [head, ...rows].map((row) => csvRow(row.map(fitting))).join("");
}

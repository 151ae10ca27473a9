import { adviceFinder, type Report } from "@wsc-dashboard/wsc-core";
import { reportWords } from "../words/report-words.ts";
import type { ExportContext } from "./export-context.ts";

/** Without it spreadsheets take UTF-8 for the code page of their country. */
const byteOrderMark = "\ufeff";
/** What spreadsheets take for the beginning of a formula, in full width too, and behind anything that cannot be seen. */
const formulaStart = /^[\s\p{C}\p{Z}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r]/u;
const controlCharacters = /[^\P{Cc}\n\r\t]/gu;
/** A spreadsheet's cell ends at 32,767. */
const longestCell = 32_000;

/** A cell after RFC 4180, always quoted; what a spreadsheet would calculate becomes text. */
function cellOf(value: string, cut: (shown: number, all: number) => string): string {
  const isFormula = formulaStart.test(value);
  const whole = value.replace(controlCharacters, "\ufffd");
  const text = whole.length <= longestCell ? whole : `${whole.slice(0, longestCell)} ${cut(longestCell, whole.length)}`;
  return `"${(isFormula ? `'${text}` : text).replaceAll('"', '""')}"`;
}

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
  return (
    byteOrderMark +
    [head, ...rows].map((row) => `${row.map((value) => cellOf(value, words.cut)).join(",")}\r\n`).join("")
  );
}

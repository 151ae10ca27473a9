import type { Report, ReportLanguage } from "@wsc-dashboard/wsc-core";

const byteOrderMark = "\ufeff";
/** Beginnings that a spreadsheet takes for a formula, also behind blanks and in full width. */
const formulaStart = /^[\s\p{Cc}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r]/u;

/** A cell after RFC 4180, always quoted; what a spreadsheet could calculate becomes text. */
function cell(value: string): string {
  const text = formulaStart.test(value) ? `'${value}` : value;
  return `"${text.replaceAll('"', '""')}"`;
}

/** One row for each finding, for spreadsheets: UTF-8 with byte order mark, CRLF. */
export function toCsv(report: Report, _language: ReportLanguage): string {
  const head = ["number", "severity", "item", "method", "url", "parameter", "evidence", "fingerprint"];
  const rows = report.findings.map((finding) => [
    finding.number,
    finding.severity ?? "",
    finding.item,
    finding.method ?? "",
    finding.url ?? "",
    finding.parameter ?? "",
    finding.evidence ?? "",
    finding.fingerprint,
  ]);
  return byteOrderMark + [head, ...rows].map((cells) => `${cells.map(cell).join(",")}\r\n`).join("");
}

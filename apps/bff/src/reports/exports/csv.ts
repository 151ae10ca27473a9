import { byteOrderMark, csvRow, type Report, type ReportLanguage } from "@wsc-dashboard/wsc-core";

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
  return byteOrderMark + [head, ...rows].map(csvRow).join("");
}

import type { Report, ReportLanguage } from "@wsc-dashboard/wsc-core";

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);

/** One file without script. */
export function toHtml(report: Report, language: ReportLanguage): string {
  const rows = report.findings.map(
    ({ number, item, url }) =>
      `<li><code>${escapeHtml(number)}</code> ${escapeHtml(item)} ${escapeHtml(url ?? "")}</li>`,
  );
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>WSC</title><ul>${rows.join("")}</ul></html>`;
}

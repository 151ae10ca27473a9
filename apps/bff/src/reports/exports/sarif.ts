import type { Report } from "@wsc-dashboard/wsc-core";

/** SARIF 2.1.0, one run. */
export function toSarif(report: Report): string {
  const results = report.findings.map((finding) => ({
    ruleId: finding.item,
    message: { text: finding.item },
    partialFingerprints: { "wscFinding/v1": finding.fingerprint },
  }));
  const run = { tool: { driver: { name: "NAVER Cloud Web Security Checker" } }, results };
  return `${JSON.stringify({ version: "2.1.0", runs: [run] }, null, 2)}\n`;
}

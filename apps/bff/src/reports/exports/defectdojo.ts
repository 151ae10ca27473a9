import type { Report } from "@wsc-dashboard/wsc-core";

/** DefectDojo's "Generic Findings Import". */
export function toDefectDojo(report: Report): string {
  const findings = report.findings.map((finding) => ({
    title: finding.item,
    severity: "Info",
    description: finding.evidence ?? "",
    unique_id_from_tool: finding.fingerprint,
  }));
  return `${JSON.stringify({ name: "WSC", findings }, null, 2)}\n`;
}

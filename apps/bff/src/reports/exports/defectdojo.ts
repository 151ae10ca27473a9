import {
  adviceFinder,
  codeBlock,
  codeSpan,
  cweOf,
  type Finding,
  type Report,
  ruleIdOf,
  type Severity,
} from "@wsc-dashboard/wsc-core";
import { reportHostOf, webUrlOf } from "./target-url.ts";

const severityWords: Readonly<Record<Severity | "none", string>> = {
  high: "High",
  medium: "Medium",
  low: "Low",
  none: "Info",
};
const longestTitle = 500;

/**
 * DefectDojo tells findings apart by title and description: neither holds a date, a job or a payload. It renders long texts as
 * Markdown, so text of the report stands in code.
 */
function describe({ item, method, url, parameter }: Finding): { title: string; description: string } {
  const place = webUrlOf(url)?.replace(/[?#].*$/, "") ?? url?.replace(/[?#].*$/, "") ?? "";
  const where = [method, place].filter((part) => part !== null && part !== "").join(" ");
  const title = [item, where, parameter].filter((part) => part !== null && part !== "").join(" · ");
  const lines = [`Item: ${codeSpan(item)}`, `Place: ${codeSpan(where)}`, `Parameter: ${codeSpan(parameter ?? "")}`];
  return { title: title.slice(0, longestTitle) || "Unnamed finding", description: lines.join("\n\n") };
}

/** DefectDojo's "Generic Findings Import"; it refuses a file with any other key than these. */
export function toDefectDojo(report: Report): string {
  const date = (report.reportDate ?? report.job.endedAt ?? report.asOf).slice(0, 10);
  const adviceFor = adviceFinder(report.recommendations);
  const findings = report.findings.map((finding) => {
    const { item, severity, url, parameter, evidence, fingerprint, otherFields } = finding;
    const cwe = cweOf(item);
    const endpoint = webUrlOf(url);
    const seen = [evidence ?? "", ...otherFields.map(({ name, value }) => `${name}: ${value}`)].filter(
      (text) => text !== "",
    );
    return {
      ...describe(finding),
      severity: severityWords[severity ?? "none"],
      date,
      mitigation: codeBlock(adviceFor(item) ?? ""),
      steps_to_reproduce: codeBlock(seen.join("\n\n")),
      ...(parameter === null ? {} : { param: parameter }),
      ...(cwe === null ? {} : { cwe }),
      ...(endpoint === null ? {} : { endpoints: [endpoint] }),
      unique_id_from_tool: fingerprint,
      vuln_id_from_tool: ruleIdOf(item),
      dynamic_finding: true,
      static_finding: false,
      active: true,
      verified: false,
      nb_occurences: 1,
      tags: ["web-security-checker"],
    };
  });
  const head = {
    name: `Web Security Checker: ${reportHostOf(report)}`,
    type: "NAVER Web Security Checker",
    version: report.job.instanceNo,
    dynamic_tool: true,
    static_tool: false,
  };
  return `${JSON.stringify({ ...head, findings }, null, 2)}\n`;
}

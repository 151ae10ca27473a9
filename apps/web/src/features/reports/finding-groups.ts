import { type Finding, matchesHost, type Severity, severities, targetHostOf } from "@wsc-dashboard/wsc-core";
import type { ReportGroup } from "./report-search.ts";

export interface FindingGroup {
  /** A severity, an item or a host, by what the groups are made of; empty when the finding has none. */
  readonly key: string;
  readonly findings: readonly Finding[];
}

function keyOf(finding: Finding, group: ReportGroup): string {
  if (group === "severity") return finding.severity ?? "";
  if (group === "item") return finding.item;
  return finding.url === null ? "" : targetHostOf(finding.url);
}

const rank = (severity: Severity | null): number =>
  severity === null ? severities.length : severities.indexOf(severity);

/** Findings by one property. Groups come with their worst first, then the longest; inside one the vendor's order stands. */
export function groupFindings(findings: readonly Finding[], group: ReportGroup): readonly FindingGroup[] {
  const groups = Map.groupBy(findings, (finding) => keyOf(finding, group));
  const worst = (list: readonly Finding[]): number => Math.min(...list.map(({ severity }) => rank(severity)));
  return [...groups]
    .map(([key, list]) => ({ key, findings: list }))
    .sort((a, b) => worst(a.findings) - worst(b.findings) || b.findings.length - a.findings.length);
}

export interface FindingFilter {
  readonly levels: readonly Severity[];
  readonly item?: string | undefined;
  readonly domain?: string | undefined;
  readonly text: string;
}

/** Whether a finding lies in a domain as the vendor names it. */
export function isOnDomain({ url }: Finding, domain: string): boolean {
  return url !== null && matchesHost(targetHostOf(url), domain);
}

/** Whether a finding is wanted by the filters. One without a risk level is shown unless levels were chosen. */
export function isWanted(finding: Finding, { levels, item, domain, text }: FindingFilter): boolean {
  const isAll = levels.length === severities.length;
  if (finding.severity === null ? !isAll : !levels.includes(finding.severity)) return false;
  if (item !== undefined && finding.item !== item) return false;
  if (domain !== undefined && !isOnDomain(finding, domain)) return false;
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return true;
  return [finding.number, finding.item, finding.url, finding.parameter, finding.method, finding.evidence].some((part) =>
    part?.toLowerCase().includes(wanted),
  );
}

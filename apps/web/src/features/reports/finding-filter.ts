import { type Finding, matchesHost, type Severity, severities, targetHostOf } from "@wsc-dashboard/wsc-core";

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

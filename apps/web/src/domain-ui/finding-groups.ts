import { type Finding, type Severity, severities, targetHostOf } from "@wsc-dashboard/wsc-core";

/** What findings can be grouped by. */
export const groupings = ["severity", "item", "domain"] as const;
export type Grouping = (typeof groupings)[number];

type Groupable = Pick<Finding, "severity" | "item" | "url">;

export interface FindingGroup<T extends Groupable = Finding> {
  /** A severity, an item or a host, by what the groups are made of; empty when the finding has none. */
  readonly key: string;
  readonly findings: readonly T[];
}

function keyOf(finding: Groupable, grouping: Grouping): string {
  if (grouping === "severity") return finding.severity ?? "";
  if (grouping === "item") return finding.item;
  return finding.url === null ? "" : targetHostOf(finding.url);
}

const rank = (severity: Severity | null): number =>
  severity === null ? severities.length : severities.indexOf(severity);

/** Findings by one property. Groups come with their worst first, then the longest; inside one the vendor's order stands. */
export function groupFindings<T extends Groupable>(
  findings: readonly T[],
  grouping: Grouping,
): readonly FindingGroup<T>[] {
  const groups = Map.groupBy(findings, (finding) => keyOf(finding, grouping));
  const worst = (list: readonly T[]): number =>
    list.reduce<number>((least, { severity }) => Math.min(least, rank(severity)), severities.length);
  return [...groups]
    .map(([key, list]) => ({ key, findings: list, worst: worst(list) }))
    .sort((a, b) => a.worst - b.worst || b.findings.length - a.findings.length)
    .map(({ key, findings: list }) => ({ key, findings: list }));
}

import { type Finding, type Severity, severities, targetHostOf } from "@wsc-dashboard/wsc-core";

/** Properties that findings can be grouped by. */
export const groupings = ["severity", "item", "domain"] as const;
export type Grouping = (typeof groupings)[number];

type Groupable = Pick<Finding, "severity" | "item" | "url">;

export interface FindingGroup<T extends Groupable = Finding> {
  /** The severity, item or host of the group; empty when the findings have none. */
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

/** Groups findings by one property: groups with the worst severity first, then the largest; inside one in the vendor's order. */
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

import { type Report, type Severity, severities } from "@wsc-dashboard/wsc-core";
import { ClientFailure } from "./exit-code.ts";

export type SeverityLimit = Severity | "none";

/** Parses `--fail-on`. Throws ClientFailure. */
export function readSeverityLimit(text: string): SeverityLimit {
  const known = [...severities, "none" as const].find((one) => one === text);
  if (known === undefined) throw new ClientFailure("usage", `--fail-on is one of ${severities.join(", ")}, none`);
  return known;
}

export interface FindingCounts {
  readonly high: number;
  readonly medium: number;
  readonly low: number;
  /** Findings without a known severity. */
  readonly unknown: number;
}

/** Findings by severity: the number in the report, or the vendor's count if it is higher. */
export function countFindings({ findings, summary }: Pick<Report, "findings" | "summary">): FindingCounts {
  const listed = (severity: Severity | null): number => findings.filter((one) => one.severity === severity).length;
  const of = (severity: Severity): number => Math.max(listed(severity), summary[severity] ?? 0);
  return { high: of("high"), medium: of("medium"), low: of("low"), unknown: listed(null) };
}

/** Number of findings at or above a limit. An unknown severity counts as the worst, so that it is not missed. */
export function findingsAtOrAbove(counts: FindingCounts, limit: SeverityLimit): number {
  if (limit === "none") return 0;
  const above = severities.slice(0, severities.indexOf(limit) + 1);
  return above.reduce((sum, severity) => sum + counts[severity], counts.unknown);
}

import { type Report, type Severity, severities } from "@wsc-dashboard/wsc-core";
import { ClientFailure } from "./exit-code.ts";

export type SeverityLimit = Severity | "none";

/** The value of `--fail-on`. Throws ClientFailure. */
export function readSeverityLimit(text: string): SeverityLimit {
  const known = [...severities, "none" as const].find((one) => one === text);
  if (known === undefined) throw new ClientFailure("usage", `--fail-on is one of ${severities.join(", ")}, none`);
  return known;
}

export interface FindingCounts {
  readonly high: number;
  readonly medium: number;
  readonly low: number;
  /** Findings of a severity that nobody knows. */
  readonly unknown: number;
}

/** Findings by severity: those in the report, and where the vendor's own count is higher, as many. */
export function countFindings({ findings, summary }: Pick<Report, "findings" | "summary">): FindingCounts {
  const listed = (severity: Severity | null): number => findings.filter((one) => one.severity === severity).length;
  const of = (severity: Severity): number => Math.max(listed(severity), summary[severity] ?? 0);
  return { high: of("high"), medium: of("medium"), low: of("low"), unknown: listed(null) };
}

/** Findings at or above a limit. One of an unknown severity counts as the worst: it must not pass unseen. */
export function findingsAtOrAbove(counts: FindingCounts, limit: SeverityLimit): number {
  if (limit === "none") return 0;
  const above = severities.slice(0, severities.indexOf(limit) + 1);
  return above.reduce((sum, severity) => sum + counts[severity], counts.unknown);
}

import * as z from "zod/mini";
import type { ComparedFinding, Comparison } from "./comparison.ts";

/** Findings by risk; `unrated` counts those of unknown risk. */
export const findingCountsSchema = z.object({
  total: z.int(),
  high: z.int(),
  medium: z.int(),
  low: z.int(),
  unrated: z.int(),
});
export type FindingCounts = z.output<typeof findingCountsSchema>;

/** Number of findings of a comparison per outcome. */
export const comparisonCountsSchema = z.object({
  new: findingCountsSchema,
  fixed: findingCountsSchema,
  remaining: z.int(),
  notRetested: z.int(),
});
export type ComparisonCounts = z.output<typeof comparisonCountsSchema>;

function countByRisk(findings: readonly ComparedFinding[]): FindingCounts {
  const counts = { total: findings.length, high: 0, medium: 0, low: 0, unrated: 0 };
  for (const { severity } of findings) counts[severity ?? "unrated"] += 1;
  return counts;
}

/** Returns the counts of a comparison; every summary uses these numbers. */
export function comparisonCountsOf(comparison: Comparison): ComparisonCounts {
  return {
    new: countByRisk(comparison.new),
    fixed: countByRisk(comparison.fixed),
    remaining: comparison.remaining.length,
    notRetested: comparison.notRetested.length,
  };
}

/** Returns the sum of counts by risk. */
export function addFindingCounts(all: readonly FindingCounts[]): FindingCounts {
  const sum = { total: 0, high: 0, medium: 0, low: 0, unrated: 0 };
  for (const counts of all) {
    for (const key of ["total", "high", "medium", "low", "unrated"] as const) sum[key] += counts[key];
  }
  return sum;
}

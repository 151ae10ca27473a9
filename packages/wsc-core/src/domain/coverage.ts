import * as z from "zod/mini";
import type { Job } from "./job.ts";

/** URLs collected by two runs, and whether the later one collected so few that missing findings prove nothing. */
export const coverageSchema = z.object({
  base: z.nullable(z.number()),
  head: z.nullable(z.number()),
  collapsed: z.boolean(),
});
export type Coverage = z.output<typeof coverageSchema>;

/** If the earlier run collected fewer URLs, the ratio is meaningless. */
const collapseFloor = 10;
/** A later run below this share of the URLs was most likely signed out, blocked or misled. */
const collapseShare = 0.5;

/** Whether a later run without a count may have collapsed unseen. */
export function isCoverageUnknown(base: Pick<Job, "crawlCount">, head: Pick<Job, "crawlCount">): boolean {
  return base.crawlCount !== null && base.crawlCount >= collapseFloor && head.crawlCount === null;
}

/**
 * Compares how many URLs two runs collected. Collapsed: the earlier run collected at least ten and the later one less than half
 * of them, so that a missing finding may only not have been reached.
 */
export function coverageOf(base: Pick<Job, "crawlCount">, head: Pick<Job, "crawlCount">): Coverage {
  const collapsed =
    base.crawlCount !== null &&
    head.crawlCount !== null &&
    base.crawlCount >= collapseFloor &&
    head.crawlCount < base.crawlCount * collapseShare;
  return { base: base.crawlCount, head: head.crawlCount, collapsed };
}

import * as z from "zod/mini";
import type { Job } from "./job.ts";

/** How many URLs two runs collected, and whether the later one saw so few that missing findings prove nothing. */
export const coverageSchema = z.object({
  base: z.nullable(z.number()),
  head: z.nullable(z.number()),
  collapsed: z.boolean(),
});
export type Coverage = z.output<typeof coverageSchema>;

/** Below this many URLs in the earlier run a share says nothing. */
const collapseFloor = 10;
/** A later run with less than this share of the URLs was most likely signed out, blocked or led astray. */
const collapseShare = 0.5;

/**
 * Compares how many URLs two runs collected. Collapsed: the earlier one had at least ten and the later one less than half of
 * them; what is missing then may just not have been reached.
 */
export function coverageOf(base: Pick<Job, "crawlCount">, head: Pick<Job, "crawlCount">): Coverage {
  const collapsed =
    base.crawlCount !== null &&
    head.crawlCount !== null &&
    base.crawlCount >= collapseFloor &&
    head.crawlCount < base.crawlCount * collapseShare;
  return { base: base.crawlCount, head: head.crawlCount, collapsed };
}

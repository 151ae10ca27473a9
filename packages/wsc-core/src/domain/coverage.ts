import type { Job } from "../api/jobs.ts";
import type { Coverage } from "../api/reports.ts";

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

import { type ClosingReports, type Job, reportReminder, WscError } from "@wsc-dashboard/wsc-core";
import type { JobDirectory } from "../upstream/job-directory.ts";

const pageLimit = 100;
const maxPages = 100;
/** Jobs that began before have no report that can be read: a year, and as long as a scan may take, in milliseconds. */
const lookbackMs = 400 * 86_400_000;
/** Which reports close within a month hardly changes in an hour. */
const freshForMs = 3_600_000;
/** A walk that broke off is not begun again by every asker. */
const retryAfterMs = 5 * 60_000;

interface Walk {
  readonly jobs: ReadonlyMap<string, Job>;
  readonly complete: boolean;
  readonly at: number;
}

export type ClosingReportList = ReturnType<typeof createClosingReports>;

/**
 * The reports that close soon, over the jobs of a year, 10,000 at most: walked through once an hour at most, and only when
 * somebody asks.
 * What a walk that breaks off did not reach is taken from the one before.
 */
export function createClosingReports(directory: JobDirectory, now: () => number) {
  let last: Walk | null = null;
  let walking: Promise<Walk> | null = null;

  async function walk(before: Walk | null): Promise<Walk> {
    const jobs = new Map<string, Job>();
    let complete = true;
    try {
      for (let page = 1, pageCount = 1; page <= pageCount; page += 1) {
        const list = await directory.list({ searchBy: null, keyword: "", statusCode: null, limit: pageLimit, page });
        for (const job of list.jobs) jobs.set(job.instanceNo, job);
        if (list.stale !== undefined) complete = false;
        // Newest first: the pages after this one are older still.
        const oldest = list.jobs.at(-1)?.startedAt ?? null;
        if (oldest !== null && Date.parse(oldest) < now() - lookbackMs) break;
        pageCount = Math.min(list.pageCount, maxPages);
        if (page === maxPages && list.pageCount > maxPages) complete = false;
      }
    } catch (error) {
      if (!(error instanceof WscError)) throw error;
      complete = false;
    }
    const known = complete ? jobs : new Map([...(before?.jobs ?? []), ...jobs]);
    return { jobs: known, complete, at: now() };
  }

  function isFresh({ at, complete }: Walk): boolean {
    return now() - at < (complete ? freshForMs : retryAfterMs);
  }

  return {
    /** The next to close first. Never fails: what the upstream does not give now is missing. */
    async list(): Promise<ClosingReports> {
      if (last === null || !isFresh(last)) {
        walking ??= walk(last).finally(() => {
          walking = null;
        });
        last = await walking;
      }
      const at = new Date(now());
      const reports = [...last.jobs.values()].flatMap(({ instanceNo, startUrl, reportExpiresAt, capabilities }) =>
        reportExpiresAt !== null && capabilities.report && reportReminder(new Date(reportExpiresAt), at) !== null
          ? [{ instanceNo, startUrl, expiresAt: reportExpiresAt }]
          : [],
      );
      reports.sort((a, b) => Date.parse(a.expiresAt) - Date.parse(b.expiresAt));
      return { reports, complete: last.complete };
    },
  };
}

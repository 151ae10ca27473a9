import { type ClosingReports, type Job, reportReminder, WscError } from "@wsc-dashboard/wsc-core";
import type { JobDirectory } from "../upstream/job-directory.ts";

const pageLimit = 100;
const maxPages = 100;
const maxJobs = 2 * pageLimit * maxPages;
/** Jobs that began before have no report that can be read: a year, and as long as a scan may take, in milliseconds. */
const lookbackMs = 400 * 86_400_000;
/** Which reports close within a month hardly changes in an hour. */
const freshForMs = 3_600_000;
/** A walk that broke off is not begun again by every asker. */
const retryAfterMs = 5 * 60_000;

/** Of all jobs together, in characters: an address may be as long as an answer. */
const maxText = 4_000_000;

type ClosingJob = Pick<Job, "instanceNo" | "startUrl"> & { readonly expiresAt: string };

interface Walk {
  /** The jobs of the year that have a report. */
  readonly jobs: ReadonlyMap<string, ClosingJob>;
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
    const jobs = new Map<string, ClosingJob>();
    let complete = true;
    const seen = new Set<string>();
    let room = maxText;
    function keep(job: ClosingJob): void {
      if (seen.size >= maxJobs || job.startUrl.length > room) complete = false;
      else jobs.set(job.instanceNo, job);
      seen.add(job.instanceNo);
      room -= job.startUrl.length;
    }
    function note({ instanceNo, startUrl, reportExpiresAt, capabilities }: Job): void {
      if (reportExpiresAt === null || !capabilities.report) seen.add(instanceNo);
      else if (!seen.has(instanceNo)) keep({ instanceNo, startUrl, expiresAt: reportExpiresAt });
    }
    try {
      for (let page = 1, pageCount = 1; page <= pageCount; page += 1) {
        const list = await directory.list({ searchBy: null, keyword: "", statusCode: null, limit: pageLimit, page });
        list.jobs.forEach(note);
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
    if (!complete) for (const job of before?.jobs.values() ?? []) if (!seen.has(job.instanceNo)) keep(job);
    return { jobs, complete, at: now() };
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
      const reports = [...last.jobs.values()].filter(
        ({ expiresAt }) => reportReminder(new Date(expiresAt), at) !== null,
      );
      reports.sort((a, b) => Date.parse(a.expiresAt) - Date.parse(b.expiresAt));
      return { reports, complete: last.complete };
    },
  };
}

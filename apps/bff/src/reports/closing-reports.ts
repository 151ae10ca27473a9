import { type ClosingReports, type Job, reportReminder, WscError } from "@wsc-dashboard/wsc-core";
import type { JobDirectory } from "../upstream/job-directory.ts";

const pageLimit = 100;
const maxPages = 100;
const maxJobs = 2 * pageLimit * maxPages;
/** Jobs that started before this have no readable report: a year plus the maximum duration of a scan, in milliseconds. */
const lookbackMs = 400 * 86_400_000;
/** Cache time, in milliseconds: the reports that expire within a month hardly change in an hour. */
const freshForMs = 3_600_000;
/** After an incomplete walk, callers do not start another for this long, in milliseconds. */
const retryAfterMs = 5 * 60_000;

/** Limit on all start URLs together, in characters, since a single URL may be as long as a response. */
const maxText = 4_000_000;

type ClosingJob = Pick<Job, "instanceNo" | "startUrl"> & { readonly expiresAt: string };

interface Walk {
  /** The jobs of the last year that have a report. */
  readonly jobs: ReadonlyMap<string, ClosingJob>;
  readonly complete: boolean;
  readonly at: number;
}

export type ClosingReportList = ReturnType<typeof createClosingReports>;

/**
 * The reports that expire soon, among the jobs of a year, at most 10,000. The list is walked at most once an hour, and only on
 * request. Jobs that an incomplete walk did not reach are taken from the previous one.
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
        // The list is newest first, so later pages are older still.
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
    /** Ordered by expiry. Never throws: jobs that the upstream does not return are missing. */
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

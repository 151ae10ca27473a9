import {
  type Job,
  rescanLimit,
  rescanWindowDays,
  type Target,
  type TargetList,
  type TrendPoint,
  targetHostOf,
  WscError,
} from "@wsc-dashboard/wsc-core";
import { LRUCache } from "lru-cache";
import type { JobDirectory } from "../upstream/job-directory.ts";
import { isReadable } from "../upstream/target-history.ts";
import type { ReportReader } from "./report-reader.ts";

/** What one view may cost the upstream at most: pages of 100 jobs, and reports that are not cached. */
const pagesPerView = 3;
const reportsPerView = 5;
/** Reports of a target that its row is made of. */
const reportsPerTarget = 12;
const trendFrom = 3;
const maxKept = 2_000;
/** A report that could not be read is not tried with every view. */
const retryAfterMs = 5 * 60_000;
const dayMs = 86_400_000;

interface KeptCounts {
  /** `null`: it could not be read at `at`. */
  readonly point: TrendPoint | null;
  readonly expiresAt: string | null;
  readonly at: number;
}

const riskKeys = ["total", "high", "medium", "low"] as const;

function changeBetween(latest: TrendPoint | null, previous: TrendPoint | undefined): Target["change"] {
  if (latest === null || previous === undefined) return null;
  const minus = (key: (typeof riskKeys)[number]): number | null => {
    const [after, before] = [latest[key], previous[key]];
    return after === null || before === null ? null : after - before;
  };
  return { total: minus("total"), high: minus("high"), medium: minus("medium"), low: minus("low") };
}

/** How often each job was scanned again through this dashboard; the upstream's list does not say. */
export type RescanCounts = () => Promise<ReadonlyMap<string, number>>;

/** The first job of the newest run of the target that may be scanned again. */
function rescanOf(jobs: readonly Job[], counts: ReadonlyMap<string, number>, now: number): Target["rescan"] {
  const open = jobs.filter((job) => job.capabilities.rescan && job.endedAt !== null);
  // A re-scan belongs to the first job of its chain, as far as we know it.
  const of = open.find((job) => counts.has(job.instanceNo)) ?? open[0];
  if (of === undefined || of.endedAt === null) return null;
  const closes = Date.parse(of.endedAt) + rescanWindowDays * dayMs;
  return {
    of: of.instanceNo,
    daysLeft: Math.floor((closes - now) / dayMs),
    left: Math.max(0, rescanLimit - (counts.get(of.instanceNo) ?? 0)),
  };
}

const orderOf = ({ latest, lastJob }: Target): readonly number[] => [
  -(latest?.high ?? 0),
  -(latest?.medium ?? 0),
  -(latest?.low ?? 0),
  Date.parse(lastJob.endedAt ?? lastJob.startedAt ?? "") || 0,
];

function byUrgency(a: Target, b: Target): number {
  const [left, right] = [orderOf(a), orderOf(b)];
  const index = left.findIndex((value, at) => value !== right[at]);
  return index === -1 ? a.host.localeCompare(b.host, "en") : (left[index] ?? 0) - (right[index] ?? 0);
}

export type TargetOverview = ReturnType<typeof createTargetOverview>;

/**
 * Every target with its newest counts. A view reads three pages of jobs and five reports at most; counts once read are kept in
 * memory until their report closes, so that the picture is complete after a few views, and says so until then.
 */
export function createTargetOverview(
  directory: JobDirectory,
  reports: ReportReader,
  rescanCounts: RescanCounts,
  now: () => number,
) {
  const kept = new LRUCache<string, KeptCounts>({ max: maxKept });

  function forgetClosed(): void {
    for (const [instanceNo, { expiresAt, point, at }] of [...kept]) {
      const closed = expiresAt !== null && now() >= Date.parse(expiresAt);
      if (closed || (point === null && now() - at >= retryAfterMs)) kept.delete(instanceNo);
    }
  }

  async function readJobs(): Promise<Pick<TargetList, "asOf" | "stale"> & { jobs: Job[]; total: number }> {
    const list = (page: number) => directory.list({ searchBy: null, keyword: "", statusCode: null, limit: 100, page });
    const first = await list(1);
    const pages = Array.from({ length: Math.min(pagesPerView, first.pageCount) - 1 }, (_, index) => index + 2);
    const further = await Promise.all(pages.map(list));
    const byId = new Map([first, ...further].flatMap(({ jobs }) => jobs.map((job) => [job.instanceNo, job] as const)));
    const stale = [first, ...further].find((page) => page.stale !== undefined)?.stale;
    return {
      jobs: [...byId.values()],
      total: first.total,
      asOf: first.asOf,
      ...(stale === undefined ? {} : { stale }),
    };
  }

  async function readCounts(job: Job): Promise<void> {
    try {
      const { summary, expiresAt } = await reports.read(job.instanceNo);
      const point = { instanceNo: job.instanceNo, endedAt: job.endedAt ?? "", ...summary };
      kept.set(job.instanceNo, { point, expiresAt, at: now() });
    } catch (error) {
      if (!(error instanceof WscError)) throw error;
      kept.set(job.instanceNo, { point: null, expiresAt: job.reportExpiresAt, at: now() });
    }
  }

  return {
    /** Throws UpstreamError when not even the list can be read. */
    async view(): Promise<TargetList> {
      forgetClosed();
      const [{ jobs, total, asOf, stale }, counts] = await Promise.all([readJobs(), rescanCounts()]);
      const hosts = [...Map.groupBy(jobs, ({ startUrl }) => targetHostOf(startUrl))];
      const wanted = hosts.map(([, ofHost]) => ofHost.filter(isReadable).sort(newestFirst).slice(0, reportsPerTarget));
      // The newest report of every target first, then the one before it, and so on.
      const unread = Array.from({ length: reportsPerTarget }, (_, age) => wanted.flatMap((list) => list[age] ?? []))
        .flat()
        .filter(({ instanceNo }) => !kept.has(instanceNo));
      await Promise.all(unread.slice(0, reportsPerView).map(readCounts));

      const targets = hosts.flatMap(([host, ofHost], index): Target[] => {
        const [lastJob] = ofHost;
        if (lastJob === undefined) return [];
        const readable = wanted[index] ?? [];
        const points = readable.flatMap(({ instanceNo }) => kept.get(instanceNo)?.point ?? []);
        const newest = kept.get(readable[0]?.instanceNo ?? "")?.point ?? null;
        const before = kept.get(readable[1]?.instanceNo ?? "")?.point ?? undefined;
        return [
          {
            host,
            lastJob,
            latest: newest,
            change: changeBetween(newest, before),
            rescan: rescanOf(ofHost, counts, now()),
            trend: points.length >= trendFrom ? points.toReversed() : [],
            isComplete: readable.every(({ instanceNo }) => kept.get(instanceNo)?.point != null),
          },
        ];
      });
      const pendingReports = wanted.flat().filter(({ instanceNo }) => !kept.has(instanceNo)).length;
      const failedReports = wanted.flat().filter(({ instanceNo }) => kept.get(instanceNo)?.point === null).length;
      return {
        targets: targets.sort(byUrgency),
        partial: pendingReports > 0 || failedReports > 0 || jobs.length < total,
        jobs: { read: jobs.length, total },
        pendingReports,
        failedReports,
        asOf,
        ...(stale === undefined ? {} : { stale }),
      };
    },
  };
}

function newestFirst(a: Job, b: Job): number {
  return (b.endedAt ?? "").localeCompare(a.endedAt ?? "");
}

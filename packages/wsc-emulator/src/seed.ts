import { instantOfWallTime, wallTimeAt } from "@wsc-dashboard/wsc-core";
import type { JobSeed } from "./job-seed.ts";
import type { ScanFinding } from "./scanner/site-scanner.ts";
import { seedEvidence } from "./seed-evidence.ts";
import { markerFrom, type Random, randomFrom } from "./seed-random.ts";
import { seedReport } from "./seed-report.ts";
import { type SeedTarget, type SeedWeakness, seedTargets } from "./seed-targets.ts";

const zone = "Asia/Seoul";
const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;

function startOfRun({ hour }: SeedTarget, daysAgo: number, now: number, random: Random): number {
  const day = wallTimeAt(new Date(now - daysAgo * dayMs), zone);
  const wall = { ...day, hour, minute: Math.floor(random() * 12), second: Math.floor(random() * 60), millisecond: 0 };
  return instantOfWallTime(wall, zone).getTime();
}

function findingOf(weakness: SeedWeakness, target: SeedTarget, random: Random): ScanFinding {
  const url = new URL(weakness.path, target.startUrl);
  const { item, risk, method, parameter } = weakness;
  return { item, risk, url: url.href, method, parameter, evidence: seedEvidence(weakness, url, markerFrom(random)) };
}

/** Returns the weaknesses that a run finds; its re-scan finds only those not repaired by the next run. */
function presentAt(target: SeedTarget, run: number, isRescan: boolean): readonly SeedWeakness[] {
  return target.weaknesses.filter(({ from, until }) => from <= run && run + (isRescan ? 1 : 0) < until);
}

interface Ending {
  readonly status: 4 | 5 | 15 | 91 | 93;
  readonly minutes: number;
  /** Shares of crawling and diagnosis completed by then. */
  readonly crawled: number;
  readonly diagnosed: number;
}

function endingOf(status: Ending["status"], random: Random): Ending {
  switch (status) {
    case 4:
      return { status, minutes: 35 + random() * 130, crawled: 1, diagnosed: 1 };
    case 5:
      return { status, minutes: 48 + random() * 30, crawled: 1, diagnosed: 0.38 };
    case 15:
      return { status, minutes: 1 + random(), crawled: 0, diagnosed: 0 };
    case 91:
      return { status, minutes: 2 + random() * 5, crawled: 0, diagnosed: 0 };
    case 93:
      return { status, minutes: 25 + random() * 20, crawled: 1, diagnosed: 0.46 };
  }
}

function jobOf(
  target: SeedTarget,
  run: number,
  startedAt: number,
  ending: Ending,
  random: Random,
  memo: string,
  isRescan = false,
): JobSeed & { startedAt: string } {
  const findings = presentAt(target, run, isRescan).map((weakness) => findingOf(weakness, target, random));
  const { host } = new URL(target.startUrl);
  return {
    startUrl: target.startUrl,
    status: ending.status,
    startedAt: new Date(startedAt).toISOString(),
    endedAt: new Date(Math.floor((startedAt + ending.minutes * minuteMs) / 1000) * 1000).toISOString(),
    memo,
    items: [...target.items],
    excludeUrls: [...target.excludeUrls],
    headers: { ...target.headers },
    userAgent: target.userAgent,
    speed: target.speed,
    crawlCount: Math.round((target.crawlCount + run * 3 + random() * 9) * ending.crawled),
    progress: Math.round(100 * ending.diagnosed),
    findings: findings.slice(0, Math.floor(findings.length * ending.diagnosed)),
    scannedDomains: target.imageHost === null ? [host] : [host, target.imageHost],
    notScannedDomains: [...target.otherDomains],
  };
}

type Planned = {
  readonly key: string;
  readonly masterKey: string | null;
  readonly job: JobSeed & { startedAt: string };
};

function plan(target: SeedTarget, now: number, random: Random): Planned[] {
  const planned: Planned[] = [];
  for (let run = 0; run < target.runs; run += 1) {
    const daysAgo = target.newestDaysAgo + (target.runs - 1 - run) * target.daysBetweenRuns;
    const startedAt = startOfRun(target, daysAgo, now, random);
    const memo = target.memo.replace("{month}", String(wallTimeAt(new Date(startedAt), zone).month));
    const key = `${target.startUrl} ${run}`;
    const mishap = target.mishaps[run];
    const job = jobOf(target, run, startedAt, endingOf(mishap ?? 4, random), random, memo);
    planned.push({ key, masterKey: null, job });
    // A failed run is repeated the next day; a finished one is re-scanned after the repairs.
    const isRescanned = target.rescans.includes(run);
    if (mishap === undefined && !isRescanned) continue;
    const again = startOfRun(target, daysAgo - (isRescanned ? 3 : 1), now, random);
    planned.push({
      key: `${key} again`,
      masterKey: isRescanned ? key : null,
      job: jobOf(target, run, again, endingOf(4, random), random, isRescanned ? target.rescanMemo : memo, isRescanned),
    });
  }
  return planned;
}

/** A status that no vendor page mentions, as a later revision of the service might introduce. */
function jobUnderReview(now: number, random: Random): Planned {
  const target = seedTargets[1] as SeedTarget;
  const startedAt = startOfRun(target, 47, now, random);
  const job = jobOf(target, 11, startedAt, endingOf(4, random), random, "검수 대기 / 確認待ち / waiting for review");
  return {
    key: "under review",
    masterKey: null,
    job: { ...job, status: null, statusText: "Under Review", findings: [] },
  };
}

/** The report of a neglected site, large enough to exercise lists, filters and exports. */
function largeReport(now: number, variant: number): Planned {
  const endedAt = new Date(Math.floor((now - 20 * dayMs) / 1000) * 1000).toISOString();
  return { key: "large report", masterKey: null, job: seedReport({ findings: 2_000, variant, endedAt }, now) };
}

const firstNumber = 6_204_117;

/**
 * Returns a plausible history of about 14 months, relative to `now` (milliseconds); equal for an equal `variant`. It has every
 * final status, re-scans, improving targets, one report with 2,000 findings, memos in three languages, and reports past, near and
 * far from their expiry.
 */
export function seedHistory(now: number, variant: number): JobSeed[] {
  const random = randomFrom(variant);
  const planned = [
    ...seedTargets.flatMap((target) => plan(target, now, random)),
    jobUnderReview(now, random),
    largeReport(now, variant),
  ]
    .filter(({ job }) => job.endedAt !== undefined && Date.parse(job.endedAt) < now)
    .toSorted((a, b) => Date.parse(a.job.startedAt) - Date.parse(b.job.startedAt));

  const numbers = new Map<string, string>();
  let nextNumber = firstNumber;
  return planned.map(({ key, masterKey, job }) => {
    nextNumber += 1 + Math.floor(random() * 9_000);
    numbers.set(key, String(nextNumber));
    const master = masterKey === null ? undefined : numbers.get(masterKey);
    return { ...job, instanceNo: String(nextNumber), ...(master === undefined ? {} : { masterInstanceNo: master }) };
  });
}

import {
  type ComparisonCounts,
  isFinalPhase,
  isRescanOpen,
  type Month,
  monthAt,
  type PlannedScan,
  rescanClosesAt,
  rescanLimit,
  type Target,
  type TargetChange,
  type TargetDetails,
  type TargetJob,
  type TargetSign,
  targetSigns,
} from "@wsc-dashboard/wsc-core";
import type { JobSummaryRow } from "../database/schema.ts";
import type { DecidedCounts } from "../verdicts/verdict-reading.ts";
import { instantOf, isExpired } from "./summary-rows.ts";

/** Maximum reports in a trend. */
const trendLength = 12;
const expiringMs = 30 * 86_400_000;
const dayMs = 86_400_000;

/** Facts about targets that do not come from their jobs, by host. */
export interface TargetFacts {
  /** What people entered about targets. */
  readonly details: ReadonlyMap<string, TargetDetails>;
  readonly next: ReadonlyMap<string, PlannedScan>;
  /** How often each job was re-scanned. */
  readonly rescans: ReadonlyMap<string, number>;
  /** When the last login of a target failed, in milliseconds; only targets whose last login failed. */
  readonly failedLogins: ReadonlyMap<string, number>;
  /** Settled findings that the report of a job still contains, by the number of the job. */
  readonly decided: ReadonlyMap<string, DecidedCounts>;
  /** Time zone of months. */
  readonly zone: string;
  readonly at: number;
}

type Row = JobSummaryRow;
type Rows = readonly Row[];

const timeOf = ({ ended_at, started_at }: Row): number => ended_at ?? started_at ?? Number.MAX_SAFE_INTEGER;
const isRead = (row: Row, at: number): boolean => row.has_report === 1 && row.read_at !== null && !isExpired(row, at);
/** Whether the job has a report that has not expired, read or not. */
const isOpenReport = (row: Row, at: number): boolean => row.has_report === 1 && !isExpired(row, at);

/** Newest first; jobs that have not started come before all others. */
export function newestFirst(rows: Rows): Row[] {
  return [...rows].sort(
    (a, b) =>
      timeOf(b) - timeOf(a) || b.instance_no.length - a.instance_no.length || (a.instance_no < b.instance_no ? 1 : -1),
  );
}

const pointOf = ({ instance_no, ended_at, total, high, medium, low }: Row): Target["trend"][number] => ({
  instanceNo: instance_no,
  endedAt: instantOf(ended_at) ?? "",
  ...{ total, high, medium, low },
});

type Counts = Pick<Row, "total" | "high" | "medium" | "low">;

/** Open findings of a report: the vendor's counts minus the settled findings. */
export function openCountsOf(row: Row, decided: TargetFacts["decided"]): Counts {
  const settled = decided.get(row.instance_no);
  const rest = (name: keyof Counts): number | null => {
    const count = row[name];
    return count === null ? null : Math.max(0, count - (settled?.[name] ?? 0));
  };
  return { total: rest("total"), high: rest("high"), medium: rest("medium"), low: rest("low") };
}

const lastJobOf = ({ instance_no, phase, status_text, started_at, ended_at }: Row): NonNullable<Target["lastJob"]> => ({
  instanceNo: instance_no,
  status: { text: status_text, phase },
  startedAt: instantOf(started_at),
  endedAt: instantOf(ended_at),
});

/** The comparison of a report with its partner; `null` unless both are still readable. */
export function changeOf(row: Row, byNumber: ReadonlyMap<string, Row>, at: number): TargetChange | null {
  const base = row.partner === null ? undefined : byNumber.get(row.partner);
  if (row.compared === null || base === undefined || !isOpenReport(base, at) || !isRead(row, at)) return null;
  const counts = JSON.parse(row.compared) as ComparisonCounts;
  return { ...counts, base: base.instance_no, baseEndedAt: instantOf(base.ended_at) };
}

function rescanOf(rows: Rows, { rescans, at }: TargetFacts): Target["rescan"] {
  const open = rows.filter(
    ({ may_rescan, ended_at }) =>
      may_rescan === 1 && ended_at !== null && isRescanOpen(new Date(ended_at), new Date(at)),
  );
  // A re-scan is attributed to the first job of its chain, if that one is known.
  const of = open.find(({ instance_no }) => rescans.has(instance_no)) ?? open[0];
  if (of === undefined || of.ended_at === null) return null;
  return {
    of: of.instance_no,
    daysLeft: Math.floor((rescanClosesAt(new Date(of.ended_at)).getTime() - at) / dayMs),
    left: Math.max(0, rescanLimit - (rescans.get(of.instance_no) ?? 0)),
  };
}

/** Sums the comparisons whose later job ended in a month. */
function monthOf(
  rows: Rows,
  byNumber: ReadonlyMap<string, Row>,
  month: Month,
  { zone, at }: TargetFacts,
): Target["month"] {
  const changes = rows
    .filter(({ ended_at }) => ended_at !== null && monthAt(new Date(ended_at), zone) === month)
    .flatMap((row) => changeOf(row, byNumber, at) ?? []);
  return {
    new: changes.reduce((sum, change) => sum + change.new.total, 0),
    fixed: changes.reduce((sum, change) => sum + change.fixed.total, 0),
  };
}

function stateOf(newest: Row | undefined): Target["latestState"] {
  if (newest === undefined) return "none";
  if (newest.read_at !== null) return "read";
  return newest.failures > 0 ? "failed" : "waiting";
}

function signsOf(target: Omit<Target, "signs">, rows: Rows, facts: TargetFacts): TargetSign[] {
  const { latest, lastJob, month, next } = target;
  const { at } = facts;
  const open = latest?.open;
  const loginFailedAt = facts.failedLogins.get(target.host);
  const holds: Readonly<Record<TargetSign, boolean>> = {
    open: (open?.high ?? 0) + (open?.medium ?? 0) + (open?.low ?? 0) > 0,
    high: (open?.high ?? 0) > 0,
    medium: (open?.medium ?? 0) > 0,
    low: (open?.low ?? 0) > 0,
    new: month.new > 0,
    fixed: month.fixed > 0,
    running: rows.some(({ phase }) => phase !== "unknown" && !isFinalPhase(phase)),
    failed: lastJob?.status.phase === "failed",
    login:
      loginFailedAt !== undefined && !rows.some(({ started_at }) => started_at !== null && started_at > loginFailedAt),
    unread: rows.some((row) => isOpenReport(row, at) && row.read_at === null && row.failures > 0),
    expiring: latest?.expiresAt != null && Date.parse(latest.expiresAt) - at <= expiringMs,
    unscheduled: next === null,
    unscanned: lastJob === null,
  };
  return targetSigns.filter((sign) => holds[sign]);
}

/** A target from its jobs; there are none when only people know the target. */
export function targetOfRows(host: string, jobs: Rows, facts: TargetFacts): Target {
  const { at, zone } = facts;
  const rows = newestFirst(jobs);
  const byNumber = new Map(rows.map((row) => [row.instance_no, row]));
  const reports = rows.filter((row) => isOpenReport(row, at));
  const [newest] = reports;
  const latest = newest !== undefined && newest.read_at !== null ? newest : undefined;
  const target: Omit<Target, "signs"> = {
    host,
    details: facts.details.get(host) ?? null,
    lastJob: rows[0] === undefined ? null : lastJobOf(rows[0]),
    latest:
      latest === undefined
        ? null
        : { ...pointOf(latest), open: openCountsOf(latest, facts.decided), expiresAt: instantOf(latest.expires_at) },
    latestState: stateOf(newest),
    change: latest === undefined ? null : changeOf(latest, byNumber, at),
    notComparable: latest === undefined || latest.not_comparable === "unread" ? null : latest.not_comparable,
    month: monthOf(rows, byNumber, monthAt(new Date(at), zone), facts),
    next: facts.next.get(host) ?? null,
    rescan: rescanOf(rows, facts),
    trend: reports
      .filter((row) => row.read_at !== null)
      .slice(0, trendLength)
      .reverse()
      .map(pointOf),
  };
  return { ...target, signs: signsOf(target, rows, facts) };
}

const orderOf = ({ latest, lastJob }: Target): readonly number[] => [
  -(latest?.open.high ?? 0),
  -(latest?.open.medium ?? 0),
  -(latest?.open.low ?? 0),
  Date.parse(lastJob?.endedAt ?? lastJob?.startedAt ?? "") || 0,
];

/** Orders by open findings: most high ones first, then medium, then low; then the longest without a scan. */
export function byUrgency(a: Target, b: Target): number {
  const [left, right] = [orderOf(a), orderOf(b)];
  const index = left.findIndex((value, place) => value !== right[place]);
  return index === -1 ? a.host.localeCompare(b.host, "en") : (left[index] ?? 0) - (right[index] ?? 0);
}

/** All targets, the most urgent first. */
export function targetsOfRows(rows: Rows, facts: TargetFacts): Target[] {
  const jobsOf = Map.groupBy(rows, ({ target }) => target);
  return [...new Set([...jobsOf.keys(), ...facts.details.keys()])]
    .map((host) => targetOfRows(host, jobsOf.get(host) ?? [], facts))
    .sort(byUrgency);
}

function reportStateOf(row: Row, at: number): TargetJob["reportState"] {
  if (isExpired(row, at)) return "expired";
  return row.has_report === 0 ? "none" : stateOf(row);
}

/** The jobs of a target, newest first. */
export function targetJobsOf(jobs: Rows, at: number): TargetJob[] {
  const rows = newestFirst(jobs);
  const byNumber = new Map(rows.map((row) => [row.instance_no, row]));
  return rows.map((row) => {
    const reportState = reportStateOf(row, at);
    const { total, high, medium, low } = row;
    const notComparable = row.not_comparable === "unread" ? null : row.not_comparable;
    return {
      ...lastJobOf(row),
      startUrl: row.start_url,
      crawlCount: row.crawl_count,
      reportState,
      failureCode: reportState === "failed" ? row.failure_code : null,
      expiresAt: instantOf(row.expires_at),
      counts: reportState === "read" ? { total, high, medium, low } : null,
      change: changeOf(row, byNumber, at),
      notComparable: reportState === "read" ? notComparable : null,
    };
  });
}

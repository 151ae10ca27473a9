import { addFindingCounts, addMonths, monthAt, monthStart, type Overview, type Target } from "@wsc-dashboard/wsc-core";
import type { JobSummaryRow } from "../database/schema.ts";
import { isExpired } from "./summary-rows.ts";
import { changeOf, openCountsOf, type TargetFacts } from "./target-list.ts";

const shownMonths = 12;

type CountedFacts = Pick<TargetFacts, "decided" | "zone" | "at">;
type Counts = Pick<Target["trend"][number], "high" | "medium" | "low">;

/** Saturates: counts of the upstream may be as large as a number can be, and the sum must stay a safe integer. */
const add = (a: number, b: number): number => Math.min(Number.MAX_SAFE_INTEGER, a + b);

function sumOf(counts: readonly Counts[]): Omit<Overview["course"][number], "month"> {
  const sum = { high: 0, medium: 0, low: 0, targets: counts.length, uncounted: 0 };
  for (const { high, medium, low } of counts) {
    if (high === null || medium === null || low === null) {
      sum.uncounted += 1;
      continue;
    }
    sum.high = add(sum.high, high);
    sum.medium = add(sum.medium, medium);
    sum.low = add(sum.low, low);
  }
  return sum;
}

/** Open findings of all targets, by their newest reports. */
export function openOf(targets: readonly Target[]): Overview["open"] {
  const unread = targets.filter(({ latestState }) => latestState === "waiting" || latestState === "failed").length;
  return { ...sumOf(targets.flatMap(({ latest }) => latest?.open ?? [])), unread };
}

/**
 * Open findings at the end of each month, by the newest report that each target had then; the last month is the current one, as
 * of now. Expired reports count in no month. Settled findings are left out where they were last seen.
 */
export function courseOf(rows: readonly JobSummaryRow[], { decided, zone, at }: CountedFacts): Overview["course"] {
  const present = monthAt(new Date(at), zone);
  const openAt = openCountsAt(rows, { decided, at });
  return Array.from({ length: shownMonths }, (_, index) => {
    const month = addMonths(present, index - shownMonths + 1);
    return { month, ...openAt(monthStart(addMonths(month, 1), zone).getTime()) };
  });
}

/** Open findings at an instant, by the newest report that each target had then. */
export function openCountsAt(rows: readonly JobSummaryRow[], { decided, at }: Omit<CountedFacts, "zone">) {
  const reports = [
    ...Map.groupBy(
      rows.filter((row) => row.read_at !== null && row.ended_at !== null && !isExpired(row, at)),
      ({ target }) => target,
    ).values(),
  ].map((ofTarget) => ofTarget.sort((a, b) => (b.ended_at ?? 0) - (a.ended_at ?? 0)));
  return (end: number) =>
    sumOf(
      reports.flatMap((ofTarget) => {
        const report = ofTarget.find(({ ended_at }) => (ended_at ?? 0) < end);
        return report === undefined ? [] : openCountsOf(report, decided);
      }),
    );
}

/** Jobs that finished in the current month, and the results of their comparisons. */
export function monthOf(rows: readonly JobSummaryRow[], zone: string, at: number): Overview["month"] {
  const month = monthAt(new Date(at), zone);
  const from = monthStart(month, zone).getTime();
  // The same instant as the period filter of the job list, which the number links to.
  const finished = rows.filter(
    ({ phase, ended_at, started_at }) => phase === "completed" && (ended_at ?? started_at ?? 0) >= from,
  );
  const byNumber = new Map(rows.map((row) => [row.instance_no, row]));
  const changes = finished.flatMap((row) => changeOf(row, byNumber, at) ?? []);
  return {
    month,
    jobs: finished.length,
    compared: changes.length,
    new: addFindingCounts(changes.map((change) => change.new)),
    fixed: addFindingCounts(changes.map((change) => change.fixed)),
  };
}

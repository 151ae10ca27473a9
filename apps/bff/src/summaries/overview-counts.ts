import { addFindingCounts, addMonths, monthAt, monthStart, type Overview, type Target } from "@wsc-dashboard/wsc-core";
import type { JobSummaryRow } from "../database/schema.ts";
import { isExpired } from "./summary-rows.ts";
import { changeOf, openCountsOf, type TargetFacts } from "./target-list.ts";

const shownMonths = 12;

type CountedFacts = Pick<TargetFacts, "decided" | "zone" | "at">;
type Counts = Pick<Target["trend"][number], "high" | "medium" | "low">;

/** A count of the upstream may be as large as a number can be; the sum stays one that can be read. */
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

/** What is open over all targets, by their newest reports. */
export function openOf(targets: readonly Target[]): Overview["open"] {
  const unread = targets.filter(({ latestState }) => latestState === "waiting" || latestState === "failed").length;
  return { ...sumOf(targets.flatMap(({ latest }) => latest?.open ?? [])), unread };
}

/**
 * What was open at the end of each month, by the newest report that each target had then; the last month is the present one, as of
 * now. A report whose year is over counts in no month. What was settled is left out where the finding was seen last.
 */
export function courseOf(rows: readonly JobSummaryRow[], { decided, zone, at }: CountedFacts): Overview["course"] {
  const present = monthAt(new Date(at), zone);
  const openAt = openCountsAt(rows, { decided, at });
  return Array.from({ length: shownMonths }, (_, index) => {
    const month = addMonths(present, index - shownMonths + 1);
    return { month, ...openAt(monthStart(addMonths(month, 1), zone).getTime()) };
  });
}

/** What was open at an instant, by the newest report that each target had then. */
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

/** What finished in the present month, and what the comparisons of these jobs found. */
export function monthOf(rows: readonly JobSummaryRow[], zone: string, at: number): Overview["month"] {
  const month = monthAt(new Date(at), zone);
  const from = monthStart(month, zone).getTime();
  // By the same instant as the period of the list of jobs, to which the number leads.
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

import { addMonths, monthStart, type ScanCalendar } from "@wsc-dashboard/wsc-core";
import type { ReservedScan } from "../outbox/target-submissions.ts";
import { type BudgetDays, budgetDaysBetween, createDayCounts } from "./budget-days.ts";
import type { PlannedRun } from "./planned-runs.ts";

/** A range of instants in milliseconds. */
interface Range {
  readonly from: number;
  readonly until: number;
}

/** The rest of a month in a time zone, and the days of the budget that overlap with it; `null` when the month is over. */
export function calendarRange(month: string, zone: string, budget: BudgetDays, now: number) {
  const until = monthStart(addMonths(month, 1), zone).getTime();
  const from = Math.max(now, monthStart(month, zone).getTime());
  if (from >= until) return null;
  const days = budgetDaysBetween(from, until, budget);
  return {
    shown: { from, until },
    counted: { from: Math.max(now, days[0]?.from ?? from), until: days.at(-1)?.until ?? until },
    days,
  };
}

const isIn = ({ from, until }: Range, instant: number): boolean => instant >= from && instant < until;

/** `runs` and `reserved`: those in the days of the budget. `used`: jobs of the current day of the budget. */
export function scanCalendar(
  month: string,
  range: ReturnType<typeof calendarRange>,
  runs: readonly PlannedRun[],
  reserved: readonly ReservedScan[],
  budget: BudgetDays,
  now: number,
  used: number,
): ScanCalendar {
  const capacity = { limit: budget.perDay === 0 ? null : budget.perDay, zone: budget.timeZone };
  if (range === null) return { month, scans: [], capacity: { ...capacity, days: [] } };
  const { shown, counted, days } = range;
  const later = reserved.filter(({ dueAt }) => isIn(counted, dueAt));
  const counts = createDayCounts(
    [...runs.map(({ dueAt }) => Date.parse(dueAt)), ...later.map(({ dueAt }) => dueAt)],
    budget,
    now,
    used,
  );
  const schedules = [...Map.groupBy(runs, ({ id }) => id).values()].map((group) => ({
    ...{ kind: "schedule" as const, id: group[0]?.id ?? "", host: group[0]?.host ?? "" },
    dueAt: group.map(({ dueAt }) => dueAt).filter((dueAt) => isIn(shown, Date.parse(dueAt))),
  }));
  const reservations = later
    .filter(({ dueAt }) => isIn(shown, dueAt))
    .map(({ id, host, dueAt }) => ({
      ...{ kind: "reservation" as const, id, host },
      dueAt: [new Date(dueAt).toISOString()],
    }));
  return {
    month,
    scans: [...schedules.filter(({ dueAt }) => dueAt.length > 0), ...reservations],
    capacity: { ...capacity, days: days.map(({ day }) => ({ day, planned: counts.countOn(day) })) },
  };
}

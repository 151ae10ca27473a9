import { instantOfWallTime, localTimeOf } from "@wsc-dashboard/wsc-core";

export interface BudgetDays {
  /** Jobs a day. 0: no limit. */
  readonly perDay: number;
  /** Time zone in which the budget's days start and end. */
  readonly timeZone: string;
}

/** A day of the budget, as a range of instants in milliseconds. */
export interface BudgetDay {
  readonly day: string;
  readonly from: number;
  readonly until: number;
}

const dayMs = 86_400_000;

const dayOf = (instant: number, zone: string): string => localTimeOf(new Date(instant), zone).localTime.slice(0, 10);

/** The start of a day, and of the one after it. */
function startOf(day: string, zone: string, daysLater = 0): number {
  const date = new Date(Date.parse(`${day}T00:00:00Z`) + daysLater * dayMs);
  const wall = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
  return instantOfWallTime({ ...wall, hour: 0, minute: 0, second: 0, millisecond: 0 }, zone).getTime();
}

/** The day of the budget that contains an instant. */
export function budgetDayOf(instant: number, { timeZone }: BudgetDays): BudgetDay {
  const day = dayOf(instant, timeZone);
  return { day, from: startOf(day, timeZone), until: startOf(day, timeZone, 1) };
}

/** The days of the budget that overlap with a range of instants, in order. */
export function budgetDaysBetween(from: number, until: number, budget: BudgetDays): BudgetDay[] {
  const days: BudgetDay[] = [];
  for (let at = from; at < until; at = days.at(-1)?.until ?? until) days.push(budgetDayOf(at, budget));
  return days;
}

/** Counts the jobs on each day of the budget. `used`: jobs of the day that contains `now`. */
export function createDayCounts(
  planned: readonly number[],
  { perDay, timeZone }: BudgetDays,
  now: number,
  used: number,
) {
  const counts = new Map<string, number>([[dayOf(now, timeZone), used]]);
  const countOn = (day: string): number => counts.get(day) ?? 0;
  const add = (instant: number): void => {
    const day = dayOf(instant, timeZone);
    counts.set(day, countOn(day) + 1);
  };
  for (const instant of planned) add(instant);
  return {
    add,
    countOn,
    hasRoom: (instant: number): boolean => perDay === 0 || countOn(dayOf(instant, timeZone)) < perDay,
    /** The days of these instants, in order. */
    daysOf: (instants: readonly number[]): { readonly day: string; readonly planned: number }[] =>
      [...new Set(instants.map((instant) => dayOf(instant, timeZone)))]
        .sort()
        .map((day) => ({ day, planned: countOn(day) })),
  };
}

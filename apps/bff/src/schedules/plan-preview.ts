import {
  localTimeOf,
  monthAt,
  type Plan,
  type PlanRequest,
  readReservation,
  type ScheduleRule,
} from "@wsc-dashboard/wsc-core";
import { type BudgetDays, createDayCounts } from "./budget-days.ts";
import { nextRuns } from "./run-times.ts";

const minutesOfDay = 24 * 60;
/** Runs of each schedule that a preview checks, and therefore the months that it shows. */
const shownRuns = 3;

export interface PlanBudgets extends BudgetDays {
  readonly perUserHour: number;
}

export interface PlanContext {
  readonly budgets: PlanBudgets;
  /** Runs that are planned already, in milliseconds. */
  readonly planned: readonly number[];
  /** Jobs of the current day of the budget. */
  readonly used: number;
  readonly startUrlOf: (host: string) => string;
  readonly hasSchedule: (host: string) => boolean;
  readonly now: number;
}

interface Slot {
  readonly day: number;
  readonly localTime: string;
  readonly dueAt: readonly string[];
}

const two = (value: number): string => String(value).padStart(2, "0");
const timeOf = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;

/** This month's or next month's day on which a one-time scan is possible; `null` for none. */
function onceAt(day: number, time: string, zone: string, now: number): Slot | null {
  for (let ahead = 0; ahead < 2; ahead += 1) {
    const [year = 0, month = 1] = localTimeOf(new Date(now), zone).localTime.split("-").map(Number);
    const index = month - 1 + ahead;
    const localTime = `${year + Math.floor(index / 12)}-${two((index % 12) + 1)}-${two(day)}T${time}`;
    const read = readReservation(localTime, zone, now);
    if (read.instant !== undefined) return { day, localTime, dueAt: [read.instant.toISOString()] };
  }
  return null;
}

function monthlyAt(day: number, time: string, zone: string, now: number): Slot | null {
  const rule: ScheduleRule = { every: "month", nth: day, localTime: time, zone };
  const runs = nextRuns(rule, [], now, shownRuns);
  const [first] = runs;
  return first === undefined ? null : { day, localTime: first.localTime, dueAt: runs.map(({ dueAt }) => dueAt) };
}

/** The slots of one day in order, until the day ends. */
function* slotsOf(
  { repeat, from, zone }: PlanRequest,
  day: number,
  minutesApart: number,
  now: number,
): Generator<Slot> {
  const [hour = 0, minute = 0] = from.split(":").map(Number);
  for (let at = hour * 60 + minute; at < minutesOfDay; at += minutesApart) {
    const slot = (repeat === "once" ? onceAt : monthlyAt)(day, timeOf(at), zone, now);
    if (slot !== null) yield slot;
  }
}

/** Number of days of a month. */
const daysIn = (month: string): number => {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number, 0)).getUTCDate();
};

function monthsOf(rows: Plan["rows"], { planned, budgets: { perDay, timeZone } }: PlanContext): Plan["months"] {
  const added = rows.flatMap(({ run }) => run?.dueAt ?? []).map((instant) => monthAt(new Date(instant), timeZone));
  const before = planned.map((instant) => monthAt(new Date(instant), timeZone));
  const count = (months: readonly string[], month: string): number => months.filter((one) => one === month).length;
  return [...new Set(added)].sort().map((month) => ({
    month,
    added: count(added, month),
    planned: count(before, month),
    limit: perDay === 0 ? null : perDay * daysIn(month),
  }));
}

/**
 * Spreads scans over days: each target in turn gets the next slot on the next day, provided that the budget has room on the day
 * of each of its runs. A target without a free slot gets no run.
 */
export function previewPlan(request: PlanRequest, context: PlanContext): Plan {
  const { budgets, planned, used, startUrlOf, hasSchedule, now } = context;
  const minutesApart = Math.max(
    request.minutesApart,
    budgets.perUserHour === 0 ? 1 : Math.ceil(60 / budgets.perUserHour),
  );
  const counts = createDayCounts(planned, budgets, now, used);
  let open = Array.from({ length: request.lastDay - request.firstDay + 1 }, (_, index) =>
    slotsOf(request, request.firstDay + index, minutesApart, now),
  );
  function nextSlot(): Slot | null {
    while (open.length > 0) {
      const [day, ...others] = open;
      const slot = day?.next().value ?? null;
      const isFree = slot?.dueAt.every((instant: string) => counts.hasRoom(Date.parse(instant))) ?? false;
      // A day without room has no room at later times either.
      open = isFree && day !== undefined ? [...others, day] : others;
      if (slot && isFree) return slot;
    }
    return null;
  }
  const rows = request.hosts.map((host) => {
    const run = nextSlot();
    for (const instant of run?.dueAt ?? []) counts.add(Date.parse(instant));
    return {
      ...{ host, startUrl: startUrlOf(host), hasSchedule: hasSchedule(host) },
      run: run === null ? null : { ...run, dueAt: [...run.dueAt] },
    };
  });
  const added = rows.flatMap(({ run }) => run?.dueAt ?? []).map((instant) => Date.parse(instant));
  const { perDay, timeZone } = budgets;
  const capacity = { limit: perDay === 0 ? null : perDay, zone: timeZone, days: counts.daysOf(added) };
  return { rows, months: monthsOf(rows, context), capacity, minutesApart };
}

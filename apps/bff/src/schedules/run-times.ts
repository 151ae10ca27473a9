import {
  type Blackout,
  instantOfWallTime,
  isBlackedOut,
  isRealWallTime,
  type ScheduleRule,
  type WallTime,
  type Weekday,
  WscError,
  wallTimeAt,
  weekdays,
} from "@wsc-dashboard/wsc-core";
import { Cron } from "croner";
import { fieldRefusal } from "../http/field-errors.ts";

const dayMs = 86_400_000;
const farthestDays = 400;
/** Runs looked at before a schedule counts as never running. */
const searchedRuns = 1000;

const two = (value: number): string => String(value).padStart(2, "0");

export function localTimeOf(instant: Date, zone: string): { localTime: string; time: string; day: Weekday } {
  const wall = wallTimeAt(instant, zone);
  const time = `${two(wall.hour)}:${two(wall.minute)}`;
  const date = `${String(wall.year).padStart(4, "0")}-${two(wall.month)}-${two(wall.day)}`;
  const day = weekdays[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7] ?? "mon";
  return { localTime: `${date}T${time}`, time, day };
}

function wallTimeOf(localTime: string): WallTime {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = localTime.split(/[-T:]/).map(Number);
  return { year, month, day, hour, minute, second: 0, millisecond: 0 };
}

/**
 * The instant of a reservation, in milliseconds. In an overlap it is the first; a time that does not exist, is past or is
 * more than 400 days away is refused at /when/localTime.
 */
export function reservationInstant(localTime: string, zone: string, now: number): number {
  const pointer = "/when/localTime";
  const wall = wallTimeOf(localTime);
  if (!isRealWallTime(wall)) throw fieldRefusal("LOCAL_TIME_INVALID", pointer);
  const instant = instantOfWallTime(wall, zone);
  if (localTimeOf(instant, zone).localTime !== localTime) throw fieldRefusal("LOCAL_TIME_MISSING", pointer);
  if (instant.getTime() <= now) throw fieldRefusal("LOCAL_TIME_PAST", pointer);
  if (instant.getTime() > now + farthestDays * dayMs) throw fieldRefusal("LOCAL_TIME_TOO_FAR", pointer);
  return instant.getTime();
}

function cronOf({ every, weekdays: days, nth, localTime, zone }: ScheduleRule): Cron {
  const [hour, minute] = localTime.split(":").map(Number);
  const dayOfMonth = every === "month" && days === undefined ? String(nth) : "*";
  const dayOfWeek =
    every === "month" && days !== undefined
      ? `${days[0]?.toUpperCase()}#${nth}`
      : (days ?? ["*"]).join(",").toUpperCase();
  return new Cron(`0 ${minute} ${hour} ${dayOfMonth} * ${dayOfWeek}`, { timezone: zone, paused: true });
}

export interface RunTime {
  readonly dueAt: string;
  readonly localTime: string;
  readonly note?: "gap" | "overlap";
}

function noteOf(instant: Date, rule: ScheduleRule): { note: "gap" | "overlap" } | Record<string, never> {
  const { localTime, time } = localTimeOf(instant, rule.zone);
  if (time !== rule.localTime) return { note: "gap" };
  // The same reading comes again within the longest change of clocks there is.
  for (const laterMs of [1_800_000, 3_600_000, 7_200_000]) {
    if (localTimeOf(new Date(instant.getTime() + laterMs), rule.zone).localTime === localTime)
      return { note: "overlap" };
  }
  return {};
}

/**
 * The next runs after `after` (milliseconds), leaving out those in blackout hours. Across a change of clocks a run whose time does
 * not exist takes place at the next valid time, one whose time comes twice takes place once, at the first.
 */
export function nextRuns(rule: ScheduleRule, blackouts: readonly Blackout[], after: number, count: number): RunTime[] {
  const runs: RunTime[] = [];
  const cron = cronOf(rule);
  let from = new Date(after);
  for (let looked = 0; looked < searchedRuns && runs.length < count; looked += 1) {
    const instant = cron.nextRun(from);
    if (instant === null) break;
    from = instant;
    const { localTime, time, day } = localTimeOf(instant, rule.zone);
    if (isBlackedOut(day, time, blackouts)) continue;
    runs.push({ dueAt: instant.toISOString(), localTime, ...noteOf(instant, rule) });
  }
  return runs;
}

/** The next run's instant, in milliseconds. Throws SCHEDULE_NEVER_RUNS when blackout hours cover every run. */
export function nextRunAfter(rule: ScheduleRule, blackouts: readonly Blackout[], after: number): number {
  const [run] = nextRuns(rule, blackouts, after, 1);
  if (run === undefined) {
    throw new WscError("SCHEDULE_NEVER_RUNS", undefined, {
      errors: [{ pointer: "/blackout", code: "SCHEDULE_NEVER_RUNS" }],
    });
  }
  return Date.parse(run.dueAt);
}

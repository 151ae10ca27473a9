import {
  type Blackout,
  comesTwice,
  isBlackedOut,
  localTimeOf,
  readReservation,
  type ScheduleRule,
  WscError,
} from "@wsc-dashboard/wsc-core";
import { Cron } from "croner";
import { fieldRefusal } from "../errors/field-refusal.ts";

/** Runs that are checked before a schedule counts as never running. */
const searchedRuns = 1000;

/**
 * The instant of a reservation, in milliseconds. A time that occurs twice means the first; one that does not exist, is past or is
 * more than 400 days away is refused at /when/localTime.
 */
export function reservationInstant(localTime: string, zone: string, now: number): number {
  const read = readReservation(localTime, zone, now);
  if (read.code !== undefined) throw fieldRefusal(read.code, "/when/localTime");
  return read.instant.getTime();
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
  if (localTimeOf(instant, rule.zone).time !== rule.localTime) return { note: "gap" };
  return comesTwice(instant, rule.zone) ? { note: "overlap" } : {};
}

/**
 * The next runs after `after` (milliseconds), without those in blackout hours. When clocks change, a run whose time does not
 * exist takes place at the next valid time, and one whose time occurs twice takes place once, at the first.
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

/** The instant of the next run, in milliseconds. Throws SCHEDULE_NEVER_RUNS when blackout hours cover every run. */
export function nextRunAfter(rule: ScheduleRule, blackouts: readonly Blackout[], after: number): number {
  const [run] = nextRuns(rule, blackouts, after, 1);
  if (run === undefined) {
    throw new WscError("SCHEDULE_NEVER_RUNS", undefined, {
      errors: [{ pointer: "/blackout", code: "SCHEDULE_NEVER_RUNS" }],
    });
  }
  return Date.parse(run.dueAt);
}

import {
  instantOfWallTime,
  isRealWallTime,
  monthAt,
  monthStart,
  type WallTime,
  wallTimeAt,
} from "@wsc-dashboard/wsc-core";

/** Periods that end now: a number of days including today, or the month. */
export const periods = ["7", "30", "90", "month"] as const;
export type Period = (typeof periods)[number];

const midnight = { hour: 0, minute: 0, second: 0, millisecond: 0 };

function wallTimeOf(day: string): WallTime | null {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(day)) return null;
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  const wall = { year, month, day: date, ...midnight };
  return year >= 1970 && isRealWallTime(wall) ? wall : null;
}

/** Whether a text is a calendar day, such as `2026-11-28`. */
export const isDay = (text: string): boolean => wallTimeOf(text) !== null;

/** The instant at which the day begins that is `days` after the given day. */
function dayStart({ year, month, day }: WallTime, days: number, zone: string): Date {
  const moved = new Date(Date.UTC(year, month - 1, day + days));
  const wall = { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate(), ...midnight };
  return instantOfWallTime(wall, zone);
}

interface ChosenPeriod {
  readonly period: Period | "";
  readonly from: string;
  readonly until: string;
}

/** Start (inclusive) and end (exclusive) of the period in a time zone; absent where the period is open. The same all day. */
export function periodInstants(
  { period, from, until }: ChosenPeriod,
  zone: string,
  now: Date,
): { from?: string; until?: string } {
  if (period === "month") return { from: monthStart(monthAt(now, zone), zone).toISOString() };
  if (period !== "") return { from: dayStart(wallTimeAt(now, zone), 1 - Number(period), zone).toISOString() };
  const [first, last] = [wallTimeOf(from), wallTimeOf(until)];
  return {
    ...(first === null ? {} : { from: dayStart(first, 0, zone).toISOString() }),
    ...(last === null ? {} : { until: dayStart(last, 1, zone).toISOString() }),
  };
}

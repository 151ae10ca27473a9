import { instantOfWallTime, wallTimeAt } from "./wall-time.ts";

/** A calendar month: `2026-11`. */
export type Month = string;

const monthOfParts = (year: number, month: number): Month => `${year}-${String(month).padStart(2, "0")}`;

/** Returns the month of an instant in a zone. */
export function monthAt(instant: Date, zone: string): Month {
  const { year, month } = wallTimeAt(instant, zone);
  return monthOfParts(year, month);
}

/** Returns the month `count` months later, or earlier if `count` is negative. */
export function addMonths(month: Month, count: number): Month {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const index = year * 12 + (number - 1) + count;
  return monthOfParts(Math.floor(index / 12), (((index % 12) + 12) % 12) + 1);
}

/** Returns the instant at which a month begins in a zone. */
export function monthStart(month: Month, zone: string): Date {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return instantOfWallTime({ year, month: number, day: 1, hour: 0, minute: 0, second: 0, millisecond: 0 }, zone);
}

import { instantOfWallTime } from "@wsc-dashboard/wsc-core";

const dayMs = 86_400_000;

/** The end of a day such as `2026-12-31` in a zone, in milliseconds since the epoch. */
export function endOfCalendarDay(day: string, zone: string): number {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + dayMs);
  return instantOfWallTime(
    {
      year: next.getUTCFullYear(),
      month: next.getUTCMonth() + 1,
      day: next.getUTCDate(),
      ...{ hour: 0, minute: 0, second: 0, millisecond: 0 },
    },
    zone,
  ).getTime();
}

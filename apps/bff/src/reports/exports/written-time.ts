import { wallTimeAt } from "@wsc-dashboard/wsc-core";

const two = (part: number): string => String(part).padStart(2, "0");

/** `2026-11-19 03:42:57`, on the clocks of a zone. */
export function writtenTime(instant: string, zone: string): string {
  const { year, month, day, hour, minute, second } = wallTimeAt(new Date(instant), zone);
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`;
}

/** `20261119`, for file names. */
export function writtenDay(instant: string, zone: string): string {
  return writtenTime(instant, zone).slice(0, 10).replaceAll("-", "");
}

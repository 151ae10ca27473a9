import { wallTimeAt } from "@wsc-dashboard/wsc-core";

const two = (part: number): string => String(part).padStart(2, "0");

/** Local time in a zone, such as `2026-11-19 03:42:57`. */
export function writtenTime(instant: string, zone: string): string {
  const { year, month, day, hour, minute, second } = wallTimeAt(new Date(instant), zone);
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`;
}

/** Local date for file names, such as `20261119`. */
export function writtenDay(instant: string, zone: string): string {
  return writtenTime(instant, zone).slice(0, 10).replaceAll("-", "");
}

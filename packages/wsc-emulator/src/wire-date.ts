import { wallTimeAt } from "@wsc-dashboard/wsc-core";

const zone = "Asia/Seoul";
const two = (value: number): string => String(value).padStart(2, "0");

/** `YYYY/MM/DD hh:mm:ss` on a Korean clock, the one format the vendor prints; `instant` in milliseconds. */
export function wireDate(instant: number): string {
  const { year, month, day, hour, minute, second } = wallTimeAt(new Date(instant), zone);
  return `${year}/${two(month)}/${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`;
}

/** The instant a reader of the written date understands: whole seconds. */
export function asWritten(instant: number): number {
  return Math.floor(instant / 1000) * 1000;
}

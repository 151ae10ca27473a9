import { wallTimeAt } from "@wsc-dashboard/wsc-core";

const zone = "Asia/Seoul";
const two = (value: number): string => String(value).padStart(2, "0");

/** Date formats; the vendor documents the first one. */
export const dateForms = ["slashes", "dashes", "iso", "iso-zone", "milliseconds"] as const;
export type DateForm = (typeof dateForms)[number];

/** Returns `instant`, in milliseconds, in this format; default `YYYY/MM/DD hh:mm:ss` in Korean time. */
export function wireDate(instant: number, form: DateForm = "slashes"): string {
  if (form === "milliseconds") return String(instant);
  const { year, month, day, hour, minute, second } = wallTimeAt(new Date(instant), zone);
  const sign = form === "slashes" ? "/" : "-";
  const date = `${year}${sign}${two(month)}${sign}${two(day)}`;
  const time = `${two(hour)}:${two(minute)}:${two(second)}`;
  if (form === "iso-zone") return `${date}T${time}+09:00`;
  return `${date}${form === "iso" ? "T" : " "}${time}`;
}

/** Returns the instant that a reader of the written date gets: whole seconds. */
export function asWritten(instant: number): number {
  return Math.floor(instant / 1000) * 1000;
}

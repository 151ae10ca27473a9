import { wallTimeAt } from "@wsc-dashboard/wsc-core";

const zone = "Asia/Seoul";
const two = (value: number): string => String(value).padStart(2, "0");

/** The ways to write a date; the vendor prints the first one. */
export const dateForms = ["slashes", "dashes", "iso", "iso-zone", "milliseconds"] as const;
export type DateForm = (typeof dateForms)[number];

/** `instant`, in milliseconds, as this form writes it: `YYYY/MM/DD hh:mm:ss` on a Korean clock by default. */
export function wireDate(instant: number, form: DateForm = "slashes"): string {
  if (form === "milliseconds") return String(instant);
  const { year, month, day, hour, minute, second } = wallTimeAt(new Date(instant), zone);
  const sign = form === "slashes" ? "/" : "-";
  const date = `${year}${sign}${two(month)}${sign}${two(day)}`;
  const time = `${two(hour)}:${two(minute)}:${two(second)}`;
  if (form === "iso-zone") return `${date}T${time}+09:00`;
  return `${date}${form === "iso" ? "T" : " "}${time}`;
}

/** The instant a reader of the written date understands: whole seconds. */
export function asWritten(instant: number): number {
  return Math.floor(instant / 1000) * 1000;
}

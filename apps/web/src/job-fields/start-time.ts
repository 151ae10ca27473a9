import { readLocalTime } from "@wsc-dashboard/wsc-core";
import type { Messages } from "../messages/en.ts";
import type { Formats } from "../messages/formats.ts";

interface LocalTime {
  readonly localTime: string;
  readonly zone: string;
}

/** When a job starts. `repeat` leads to the schedule form; no job request has it. */
export type StartTime = { readonly kind: "now" } | { readonly kind: "repeat" } | ({ readonly kind: "at" } & LocalTime);

/** The start time in words, as far as it is chosen. */
export function startTimeText({ create }: Messages, formats: Formats, when: StartTime): string {
  if (when.kind === "at") return when.localTime === "" ? create.whenAt : localTimeText(formats, when);
  return when.kind === "now" ? create.whenNow : create.whenRepeat;
}

/** A chosen wall time with its zone, and the same in UTC; as typed while it is invalid. */
export function localTimeText(formats: Formats, { localTime, zone }: LocalTime): string {
  const { instant } = readLocalTime(localTime, zone);
  return instant === undefined
    ? `${localTime}${formats.bracketed(zone)}`
    : formats.bothTimes(instant.toISOString(), zone);
}

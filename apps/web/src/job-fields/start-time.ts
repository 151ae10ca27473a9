import { readLocalTime } from "@wsc-dashboard/wsc-core";
import type { Messages } from "../messages/en.ts";
import type { Formats } from "../messages/formats.ts";

interface LocalTime {
  readonly localTime: string;
  readonly zone: string;
}

/** When a job starts. `repeat` leads to the form of a schedule; no request for a job has it. */
export type StartTime = { readonly kind: "now" } | { readonly kind: "repeat" } | ({ readonly kind: "at" } & LocalTime);

/** When a job starts, in words, as far as it is chosen. */
export function startTimeText({ create }: Messages, formats: Formats, when: StartTime): string {
  if (when.kind === "at") return localTimeText(formats, when);
  return when.kind === "now" ? create.whenNow : create.whenRepeat;
}

/** A chosen wall time with its zone and what it is in UTC; as typed while it is no time. */
export function localTimeText(formats: Formats, { localTime, zone }: LocalTime): string {
  const { instant } = readLocalTime(localTime, zone);
  return instant === undefined ? `${localTime} (${zone})` : formats.bothTimes(instant.toISOString(), zone);
}

import { type Weekday, weekdays } from "./schedule-rule.ts";
import { instantOfWallTime, isRealWallTime, type WallTime, wallTimeAt } from "./wall-time.ts";

const dayMs = 86_400_000;
const maxDaysAhead = 400;
/** Sizes of clock changes that exist. */
const clockChangesMs = [1_800_000, 3_600_000, 7_200_000];

const two = (value: number): string => String(value).padStart(2, "0");

/** Returns an instant as wall time of a zone: "2026-12-01T02:00", the time alone, and the weekday. */
export function localTimeOf(instant: Date, zone: string): { localTime: string; time: string; day: Weekday } {
  const wall = wallTimeAt(instant, zone);
  const time = `${two(wall.hour)}:${two(wall.minute)}`;
  const date = `${String(wall.year).padStart(4, "0")}-${two(wall.month)}-${two(wall.day)}`;
  const day = weekdays[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7] ?? "mon";
  return { localTime: `${date}T${time}`, time, day };
}

/** Returns whether the wall time of `instant` occurs again after it, because clocks are put back. */
export function comesTwice(instant: Date, zone: string): boolean {
  const { localTime } = localTimeOf(instant, zone);
  return clockChangesMs.some((ms) => localTimeOf(new Date(instant.getTime() + ms), zone).localTime === localTime);
}

function wallTimeOf(localTime: string): WallTime {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = localTime.split(/[-T:]/).map(Number);
  return { year, month, day, hour, minute, second: 0, millisecond: 0 };
}

type ReadTime<Code extends string> =
  | { readonly instant: Date; readonly code?: undefined }
  | { readonly instant?: undefined; readonly code: Code };
type NoTime = "LOCAL_TIME_INVALID" | "LOCAL_TIME_MISSING";

/**
 * Returns the instant at which clocks in `zone` (IANA name) show "2026-12-01T02:00", or the code of the reason why there is none.
 * If it occurs twice, the first one. Throws RangeError for an unknown zone.
 */
export function readLocalTime(localTime: string, zone: string): ReadTime<NoTime> {
  const wall = wallTimeOf(localTime);
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(localTime) || !isRealWallTime(wall))
    return { code: "LOCAL_TIME_INVALID" };
  const instant = instantOfWallTime(wall, zone);
  return localTimeOf(instant, zone).localTime === localTime ? { instant } : { code: "LOCAL_TIME_MISSING" };
}

/**
 * Returns the wall time shown instead of one that is skipped when clocks are put forward; `undefined` if it exists or is invalid.
 * Throws RangeError for an unknown zone.
 */
export function nextLocalTime(localTime: string, zone: string): string | undefined {
  if (readLocalTime(localTime, zone).code !== "LOCAL_TIME_MISSING") return undefined;
  return localTimeOf(instantOfWallTime(wallTimeOf(localTime), zone), zone).localTime;
}

/** Returns the instant of a reservation, or the code of the reason why it is invalid. `now` is in milliseconds. */
export function readReservation(
  localTime: string,
  zone: string,
  now: number,
): ReadTime<NoTime | "LOCAL_TIME_PAST" | "LOCAL_TIME_TOO_FAR"> {
  const read = readLocalTime(localTime, zone);
  if (read.instant === undefined) return read;
  if (read.instant.getTime() <= now) return { code: "LOCAL_TIME_PAST" };
  if (read.instant.getTime() > now + maxDaysAhead * dayMs) return { code: "LOCAL_TIME_TOO_FAR" };
  return read;
}

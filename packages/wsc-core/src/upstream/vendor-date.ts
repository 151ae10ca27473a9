import { remembered } from "../domain/remembered.ts";
import { instantOfWallTime, isRealWallTime, type WallTime } from "../domain/wall-time.ts";

const written =
  /^(\d{4})[/-](\d{1,2})[/-](\d{1,2})[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

const maxDateLength = 60;
/** Number of zones with cached dates; a server uses one. */
const maxZones = 4;
/** The largest offset in use, UTC+14, in minutes. */
const maxOffsetMinutes = 14 * 60;

function offsetMinutes(text: string): number | null {
  if (text.toUpperCase() === "Z") return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2));
  if (Number(text.slice(-2)) > 59 || minutes > maxOffsetMinutes) return null;
  return text.startsWith("-") ? -minutes : minutes;
}

/** The service has no older dates. */
const serviceBegan = Date.UTC(2015, 0, 1);
const dayMs = 86_400_000;
/** How far a date may be ahead of now, in milliseconds: clocks and zones differ, and the console reserves jobs. */
export const futureMs = { past: 2 * dayMs, reserved: 366 * dayMs } as const;

export interface DateReadingContext {
  /** IANA zone of dates without one. */
  readonly zone: string;
  readonly now: Date;
}

function parseInstant(text: string, zone: string): Date | null {
  const match = written.exec(text);
  if (!match) return null;
  const wall: WallTime = {
    year: Number(match[1]),
    month: Number(match[2]),
    day: Number(match[3]),
    hour: Number(match[4]),
    minute: Number(match[5]),
    second: Number(match[6] ?? 0),
    millisecond: Number((match[7] ?? "0").padEnd(3, "0").slice(0, 3)),
  };
  if (!isRealWallTime(wall)) return null;
  const offset = match[8];
  if (offset === undefined) return instantOfWallTime(wall, zone);
  const minutes = offsetMinutes(offset);
  return minutes === null ? null : new Date(instantOfWallTime(wall, "UTC").getTime() - minutes * 60_000);
}

/** Cache per zone: pages that are read again have nearly the same dates. `NaN` means invalid. */
const instantReaderOf = remembered(
  (zone: string) => remembered((text: string) => parseInstant(text, zone)?.getTime() ?? Number.NaN),
  maxZones,
);

/**
 * Reads a vendor date in any form that docs/upstream-api.md section 7 allows: `/` or `-`, blank or `T`, optional fraction and
 * zone, epoch milliseconds. Without a zone it is wall time in `zone`. Returns `null` for an empty, impossible or unknown form,
 * for a day without a time, since midnight would shut a report up to a day early, and for instants before 2015 or more than
 * `aheadMs` after `now`: numbers that are not milliseconds, placeholders and dates of other calendars.
 */
export function readVendorDate(
  value: unknown,
  { zone, now }: DateReadingContext,
  aheadMs: number = futureMs.past,
): Date | null {
  const text = typeof value === "string" && value.length <= maxDateLength ? value.trim() : "";
  const milliseconds = typeof value === "number" ? value : /^\d{13}$/.test(text) ? Number(text) : null;
  const time = milliseconds ?? instantReaderOf(zone)(text);
  if (!(time >= serviceBegan && time <= now.getTime() + aheadMs)) return null;
  return Number.isInteger(time) ? new Date(time) : null;
}

/** Reads `start~end`, blanks around `~` allowed (docs/upstream-api.md section 10). Each side may be `null`. */
export function readVendorPeriod(
  value: unknown,
  context: DateReadingContext,
): { readonly start: Date | null; readonly end: Date | null } {
  const sides = typeof value === "string" && value.length <= 2 * maxDateLength ? value.split("~") : [];
  if (sides.length !== 2) return { start: null, end: null };
  return { start: readVendorDate(sides[0], context), end: readVendorDate(sides[1], context) };
}

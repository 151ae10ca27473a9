/** A reading on a wall clock; what instant it is depends on a zone. Months and days count from 1. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

/** Longer than every IANA name. */
const longestZone = 64;
/** Formats are kept by the name as written, and names may be written in any case. */
const keptFormats = 500;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      era: "short",
    });
    if (formats.size >= keptFormats) formats.clear();
    formats.set(zone, format);
  }
  return format;
}

/** Whether the platform knows this IANA zone name. */
export function isTimeZone(zone: string): boolean {
  if (zone.length > longestZone) return false;
  try {
    formatFor(zone);
    return true;
  } catch {
    return false;
  }
}

/** What a wall clock in `zone` (IANA name) shows at `instant`. Throws RangeError for an unknown zone or an invalid date. */
export function wallTimeAt(instant: Date, zone: string): WallTime {
  const parts: Record<string, string> = {};
  for (const { type, value } of formatFor(zone).formatToParts(instant)) parts[type] = value;
  const year = Number(parts.year);
  return {
    year: parts.era === "BC" ? 1 - year : year,
    month: Number(parts.month),
    day: Number(parts.day),
    hour: Number(parts.hour),
    minute: Number(parts.minute),
    second: Number(parts.second),
    millisecond: ((instant.getTime() % 1000) + 1000) % 1000,
  };
}

function asUtc(wall: WallTime): number {
  const date = new Date(0);
  date.setUTCFullYear(wall.year, wall.month - 1, wall.day);
  date.setUTCHours(wall.hour, wall.minute, wall.second, wall.millisecond);
  return date.getTime();
}

/** Whether the reading names a real calendar day and time (no 30 February, no 24:00). */
export function isRealWallTime(wall: WallTime): boolean {
  const back = new Date(asUtc(wall));
  return (
    back.getUTCFullYear() === wall.year &&
    back.getUTCMonth() + 1 === wall.month &&
    back.getUTCDate() === wall.day &&
    back.getUTCHours() === wall.hour &&
    back.getUTCMinutes() === wall.minute &&
    back.getUTCSeconds() === wall.second
  );
}

/**
 * The instant at which a wall clock in `zone` shows `wall`: the first of two when clocks go back, the next valid
 * time when they go forward. Throws RangeError for an unknown zone.
 */
export function instantOfWallTime(wall: WallTime, zone: string): Date {
  const target = asUtc(wall);
  const offsetAt = (instant: number): number => asUtc(wallTimeAt(new Date(instant), zone)) - instant;
  const day = 86_400_000;
  // The two offsets that hold around the wall time; equal except near a change of clocks.
  const earlier = offsetAt(target - day);
  const later = offsetAt(target + day);
  const candidates = [target - earlier, target - later].filter(
    (instant) => asUtc(wallTimeAt(new Date(instant), zone)) === target,
  );
  return new Date(candidates.length > 0 ? Math.min(...candidates) : target - earlier);
}

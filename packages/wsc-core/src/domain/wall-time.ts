/** A wall-clock time; its instant depends on a zone. Months and days are 1-based. */
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
const maxZoneLength = 64;
/** Formats are cached by name as written, and a name may be written in any case. */
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

/** Returns whether the platform knows this IANA zone name. */
export function isTimeZone(zone: string): boolean {
  if (zone.length > maxZoneLength) return false;
  try {
    formatFor(zone);
    return true;
  } catch {
    return false;
  }
}

/** What the platform's calendar shows. */
function formattedWallTime(instant: Date, zone: string): WallTime {
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

const dayMs = 86_400_000;
/** In this range no zone changes its clocks twice within a day, so that equal offsets at both ends of a day hold in between. */
const remembered = { from: Date.UTC(1975, 0, 1), until: Date.UTC(2100, 0, 1) };
/** Cached days over all zones; about 3 MB. */
const maxRemembered = 50_000;
const offsetsByZone = new Map<string, Map<number, number>>();
let rememberedCount = 0;

interface Temporal {
  readonly Instant: {
    fromEpochMilliseconds(instant: number): {
      toZonedDateTimeISO(zone: string): { readonly offsetNanoseconds: number };
    };
  };
}

/** The platform's offset. Temporal, where there is one, responds at once; the first format of Intl takes tens of milliseconds. */
function platformOffset(instant: number, zone: string): number {
  const { Temporal: temporal } = globalThis as { readonly Temporal?: Temporal };
  if (temporal === undefined) return asUtc(formattedWallTime(new Date(instant), zone)) - instant;
  return temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).offsetNanoseconds / 1_000_000;
}

/** Returns the zone's offset at the start of a UTC day, counted from 1970; cached. */
function offsetAtDay(day: number, zone: string): number {
  const known = offsetsByZone.get(zone)?.get(day);
  if (known !== undefined) return known;
  const offset = platformOffset(day * dayMs, zone);
  if (rememberedCount >= maxRemembered) {
    offsetsByZone.clear();
    rememberedCount = 0;
  }
  const offsets = offsetsByZone.get(zone) ?? new Map<number, number>();
  offsetsByZone.set(zone, offsets.set(day, offset));
  rememberedCount += 1;
  return offset;
}

/** Returns the milliseconds by which clocks in `zone` are ahead of UTC at `instant`. */
function offsetAt(instant: number, zone: string): number {
  if (!(instant >= remembered.from && instant < remembered.until)) return platformOffset(instant, zone);
  const day = Math.floor(instant / dayMs);
  const offset = offsetAtDay(day, zone);
  return offset === offsetAtDay(day + 1, zone) ? offset : platformOffset(instant, zone);
}

/** Returns the wall time in `zone` (IANA name) at `instant`. Throws RangeError for an unknown zone or an invalid date. */
export function wallTimeAt(instant: Date, zone: string): WallTime {
  const time = instant.getTime();
  if (Number.isNaN(time)) return formattedWallTime(instant, zone);
  const shown = new Date(time + offsetAt(time, zone));
  return {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
    second: shown.getUTCSeconds(),
    millisecond: shown.getUTCMilliseconds(),
  };
}

/** Returns whether the wall time is a real calendar day and time (no 30 February, no 24:00). */
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
 * Returns the instant at which clocks in `zone` show `wall`: the first of two when clocks go back, the next valid time when they
 * go forward. Throws RangeError for an unknown zone.
 */
export function instantOfWallTime(wall: WallTime, zone: string): Date {
  const target = asUtc(wall);
  // The offsets on both sides of the wall time; equal except near a clock change.
  const earlier = offsetAt(target - dayMs, zone);
  const later = offsetAt(target + dayMs, zone);
  if (earlier === later) return new Date(target - earlier);
  const candidates = [target - earlier, target - later].filter(
    (instant) => instant + offsetAt(instant, zone) === target,
  );
  return new Date(candidates.length > 0 ? Math.min(...candidates) : target - earlier);
}

import { instantOfWallTime, isRealWallTime, type WallTime } from "../domain/wall-time.ts";

const written =
  /^(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

function offsetMinutes(text: string): number {
  if (text.toUpperCase() === "Z") return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2));
  return text.startsWith("-") ? -minutes : minutes;
}

/**
 * Reads a date of the vendor in any form the contract allows (section 7): `/` or `-`, blank or `T`, optional fraction
 * and zone, epoch milliseconds. Without a zone the wall time is read in `zone` (IANA name). `null` for an empty,
 * impossible or unknown form.
 */
export function readVendorDate(value: unknown, zone: string): Date | null {
  if (typeof value === "number" || (typeof value === "string" && /^\s*\d{12,13}\s*$/.test(value))) {
    const instant = new Date(Number(value));
    return Number.isNaN(instant.getTime()) || instant.getTime() <= 0 ? null : instant;
  }
  if (typeof value !== "string") return null;
  const match = written.exec(value.trim());
  if (!match) return null;
  const wall: WallTime = {
    year: Number(match[1]),
    month: Number(match[2]),
    day: Number(match[3]),
    hour: Number(match[4] ?? 0),
    minute: Number(match[5] ?? 0),
    second: Number(match[6] ?? 0),
    millisecond: Number((match[7] ?? "0").padEnd(3, "0").slice(0, 3)),
  };
  if (!isRealWallTime(wall)) return null;
  const offset = match[8];
  if (offset === undefined) return instantOfWallTime(wall, zone);
  return new Date(instantOfWallTime(wall, "UTC").getTime() - offsetMinutes(offset) * 60_000);
}

/** Reads `start~end`, blanks around `~` allowed (contract section 10). Each side may be `null`. */
export function readVendorPeriod(value: unknown, zone: string): { start: Date | null; end: Date | null } {
  const [start, end] = typeof value === "string" ? value.split("~") : [];
  return { start: readVendorDate(start, zone), end: readVendorDate(end, zone) };
}

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instantOfWallTime, type WallTime, wallTimeAt } from "./wall-time.ts";

/** Kept, because making one takes much longer than using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", {
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
  formats.set(zone, format);
  return format;
}

/** The same rule computed by the platform's calendar alone, without caches of results. */
function platformWallTime(instant: Date, zone: string): WallTime {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
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

const asUtc = (wall: WallTime): number => {
  const date = new Date(0);
  date.setUTCFullYear(wall.year, wall.month - 1, wall.day);
  return date.setUTCHours(wall.hour, wall.minute, wall.second, wall.millisecond);
};

function platformInstant(wall: WallTime, zone: string): Date {
  const target = asUtc(wall);
  const offsetAt = (instant: number): number => asUtc(platformWallTime(new Date(instant), zone)) - instant;
  const earlier = offsetAt(target - 86_400_000);
  const later = offsetAt(target + 86_400_000);
  const candidates = [target - earlier, target - later].filter(
    (instant) => asUtc(platformWallTime(new Date(instant), zone)) === target,
  );
  return new Date(candidates.length > 0 ? Math.min(...candidates) : target - earlier);
}

/** Zones with changes at a minute past midnight, of half an hour, of two hours, of a whole day, before a fast, and without any. */
const zones = [
  "Asia/Seoul",
  "UTC",
  "America/New_York",
  "America/St_Johns",
  "Europe/London",
  "Australia/Lord_Howe",
  "Antarctica/Troll",
  "Africa/Casablanca",
  "Pacific/Apia",
  "Asia/Kathmandu",
  "Asia/Gaza",
];
const zone = fc.constantFrom(...zones);
const longAgo = Date.UTC(-200, 0, 1);
const farAhead = Date.UTC(2300, 0, 1);

/** Every hour at which one of the zones changes its clocks between 2009 and 2013, with the zone. */
const changes = zones.flatMap((name) => {
  const found: { name: string; at: number }[] = [];
  let before = Number.NaN;
  for (let at = Date.UTC(2009, 0, 1); at < Date.UTC(2013, 0, 1); at += 6 * 3_600_000) {
    const offset = asUtc(platformWallTime(new Date(at), name)) - at;
    if (offset !== before && !Number.isNaN(before)) found.push({ name, at });
    before = offset;
  }
  return found;
});

describe("wall times", () => {
  it("of any instant equal those of Intl", () => {
    fc.assert(
      fc.property(zone, fc.integer({ min: longAgo, max: farAhead }), (name, time) => {
        expect(wallTimeAt(new Date(time), name)).toEqual(platformWallTime(new Date(time), name));
      }),
      { numRuns: 300 },
    );
  });

  it("convert to the same instant as by Intl, also around DST changes", () => {
    const near = fc
      .constantFrom(...changes)
      .chain(({ name, at }) =>
        fc.integer({ min: at - 30 * 3_600_000, max: at + 30 * 3_600_000 }).map((time) => ({ name, time })),
      );
    const anywhere = fc.record({ name: zone, time: fc.integer({ min: longAgo, max: farAhead }) });
    fc.assert(
      fc.property(fc.oneof(near, anywhere), fc.integer({ min: -26, max: 26 }), ({ name, time }, halfHours) => {
        // A wall time near the real one, so that skipped and repeated times occur.
        const shown = new Date(asUtc(platformWallTime(new Date(time), name)) + halfHours * 1_800_000);
        const wall = platformWallTime(shown, "UTC");
        expect(instantOfWallTime(wall, name).getTime()).toBe(platformInstant(wall, name).getTime());
        expect(wallTimeAt(new Date(time), name)).toEqual(platformWallTime(new Date(time), name));
      }),
      { numRuns: 600 },
    );
  });

  it("of an unknown zone or an invalid instant are errors", () => {
    expect(() => wallTimeAt(new Date(0), "Mars/Olympus")).toThrow(RangeError);
    expect(() => wallTimeAt(new Date("2026-01-01"), "Mars/Olympus")).toThrow(RangeError);
    expect(() => wallTimeAt(new Date(Number.NaN), "UTC")).toThrow(RangeError);
  });

  it("call Intl once per day, for any number of dates", () => {
    const original = Intl.DateTimeFormat.prototype.formatToParts;
    let asked = 0;
    Intl.DateTimeFormat.prototype.formatToParts = function (date) {
      asked += 1;
      return original.call(this, date);
    };
    try {
      for (let index = 0; index < 5000; index += 1) {
        const wall = {
          year: 2026,
          month: 3,
          day: (index % 28) + 1,
          hour: index % 24,
          minute: index % 60,
          second: 0,
          millisecond: 0,
        };
        instantOfWallTime(wall, "Asia/Tokyo");
      }
    } finally {
      Intl.DateTimeFormat.prototype.formatToParts = original;
    }
    expect(asked).toBeLessThan(40);
  });
});

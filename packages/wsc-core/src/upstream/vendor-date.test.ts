import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { futureMs, readVendorDate, readVendorPeriod } from "./vendor-date.ts";

const seoul = { zone: "Asia/Seoul", now: new Date("2026-11-21T00:00:00Z") };

describe("readVendorDate", () => {
  it("reads the same of a text however often and in whichever zone it was read before", () => {
    const text = "2026/11/19 03:42:57";
    const inZone = (zone: string) => readVendorDate(text, { ...seoul, zone })?.toISOString();
    for (const _ of [1, 2]) {
      expect(inZone("Asia/Seoul")).toBe("2026-11-18T18:42:57.000Z");
      expect(inZone("Europe/Berlin")).toBe("2026-11-19T02:42:57.000Z");
      expect(readVendorDate("2026/02/30 10:00:00", seoul)).toBeNull();
    }
    readVendorDate(text, seoul)?.setTime(0);
    expect(inZone("Asia/Seoul")).toBe("2026-11-18T18:42:57.000Z");
  });

  it.each([
    ["2026/11/19 03:42:57", "2026-11-18T18:42:57.000Z"],
    ["2026-11-19 03:42:57", "2026-11-18T18:42:57.000Z"],
    ["2026-11-19T03:42:57", "2026-11-18T18:42:57.000Z"],
    ["2026/11/19 3:42:57", "2026-11-18T18:42:57.000Z"],
    ["2026-11-19T03:42:57.25", "2026-11-18T18:42:57.250Z"],
    ["2026-11-19T03:42:57Z", "2026-11-19T03:42:57.000Z"],
    ["2026-11-19T03:42:57+09:00", "2026-11-18T18:42:57.000Z"],
    ["2026-11-19T03:42:57.123456-0330", "2026-11-19T07:12:57.123Z"],
    ["2026/11/19 03:42", "2026-11-18T18:42:00.000Z"],
    [" 2026/11/19 03:42:57 ", "2026-11-18T18:42:57.000Z"],
    [1_763_524_977_000, "2025-11-19T04:02:57.000Z"],
    ["1763524977000", "2025-11-19T04:02:57.000Z"],
  ])("reads %j", (value, instant) => {
    expect(readVendorDate(value, seoul)?.toISOString()).toBe(instant);
  });

  it.each([
    null,
    undefined,
    "",
    "-",
    "soon",
    "2026/02/30 10:00:00",
    "2026/11/19",
    "2026-11-19Z",
    "2026/13/01 10:00:00",
    "2026/01/01 24:00:00",
    "2026/01/01 10:61:00",
    "26/01/01",
    {},
    [],
    true,
    Number.NaN,
    0,
    -5,
    "99999999999999999",
    // Seconds, days and clock readings instead of milliseconds.
    1_795_017_600,
    20_261_119,
    20_261_119_034_257,
    "20261119034257",
    1_763_524_977_000_000,
    1_763_524_977_000.5,
    // Before the service existed, or too far ahead.
    "1970/01/01 09:00:00",
    "0001-01-01",
    "2014/12/31 23:59:59",
    "2026/11/24 00:00:00",
    "9999-12-31",
    "2026-11-19T03:42:57+09",
    "2026-11-19T03:42:57+15:00",
    "2026-11-19T03:42:57+09:60",
    "Nov 19, 2026 1:00:00 AM",
    "2026/11/19 01:00:00 PM",
    "2026/11/19 03:42:57 오후",
    "2026.11.19 03:42",
    `2026/11/19${" ".repeat(100_000)}x`,
  ])("does not guess at %j", (value) => {
    expect(readVendorDate(value, seoul)).toBeNull();
  });

  it("reads every instant written in the vendor's form", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("2015-01-02"), max: new Date("2026-11-21"), noInvalidDate: true }),
        (date) => {
          const whole = new Date(Math.floor(date.getTime() / 1000) * 1000);
          const korean = new Date(whole.getTime() + 9 * 3_600_000).toISOString();
          const written = `${korean.slice(0, 10).replaceAll("-", "/")} ${korean.slice(11, 19)}`;
          expect(readVendorDate(written, seoul)?.getTime()).toBe(whole.getTime());
        },
      ),
    );
  });

  it("reads a start in the future, as far as a job can be reserved", () => {
    const start = "2027/11/01 00:00:00";
    expect(readVendorDate(start, seoul)).toBeNull();
    expect(readVendorDate(start, seoul, futureMs.reserved)?.toISOString()).toBe("2027-10-31T15:00:00.000Z");
  });

  it("returns an instant within the service's lifetime or none, for any number", () => {
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.integer(), fc.maxSafeInteger()), (number) => {
        const time = readVendorDate(number, seoul)?.getTime();
        if (time !== undefined)
          expect([time, time >= Date.UTC(2015), time < Date.UTC(2027)]).toEqual([number, true, true]);
      }),
    );
  });

  it("never throws on any text", () => {
    fc.assert(fc.property(fc.string(), (text) => void readVendorDate(text, seoul)));
  });
});

describe("readVendorPeriod", () => {
  it("accepts blanks around the tilde", () => {
    const tight = readVendorPeriod("2026/11/19 01:00:02~2026/11/19 01:18:40", seoul);
    expect(readVendorPeriod("2026/11/19 01:00:02 ~ 2026/11/19 01:18:40", seoul)).toEqual(tight);
    expect(tight.end?.toISOString()).toBe("2026-11-18T16:18:40.000Z");
  });

  it.each([null, "", "~", "x~y", 5, "2026/11/19~2026/11/19~2026/11/19"])("gives no instants for %j", (value) => {
    expect(readVendorPeriod(value, seoul)).toEqual({ start: null, end: null });
  });
});

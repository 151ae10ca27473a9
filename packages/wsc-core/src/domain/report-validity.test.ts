import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isReportExpired, reportDaysLeft, reportExpiresAt, reportReminder } from "./report-validity.ts";
import { wallTimeAt } from "./wall-time.ts";

const dayMs = 86_400_000;
const anyEnd = fc.date({ min: new Date("2001-01-01"), max: new Date("2090-01-01"), noInvalidDate: true });

describe("the year of a report", () => {
  it.each([
    ["2026-01-10T02:00:00.000Z", "2027-01-10T02:00:00.000Z", "an ordinary day"],
    ["2028-02-28T15:00:00.000Z", "2029-02-27T15:00:00.000Z", "midnight of 29 February in Seoul"],
    ["2028-02-29T14:59:59.999Z", "2029-02-28T14:59:59.999Z", "the last millisecond of 29 February in Seoul"],
    ["2028-02-29T15:00:00.000Z", "2029-02-28T15:00:00.000Z", "1 March in Seoul, still 29 February in UTC"],
    ["2027-02-28T03:00:00.000Z", "2028-02-28T03:00:00.000Z", "28 February before a leap year"],
    ["2027-03-01T03:00:00.000Z", "2028-03-01T03:00:00.000Z", "1 March before a leap year: 366 days"],
    ["2026-12-31T15:00:00.000Z", "2027-12-31T15:00:00.000Z", "New Year in Seoul, still the old year in UTC"],
    ["2026-11-20T00:00:00.007Z", "2027-11-20T00:00:00.007Z", "milliseconds count"],
  ])("that ends %s closes %s: %s", (end, closes) => {
    expect(reportExpiresAt(new Date(end)).toISOString()).toBe(closes);
  });

  it("is open one millisecond before its instant, and closed from it on", () => {
    fc.assert(
      fc.property(anyEnd, fc.nat({ max: 10 * 366 * dayMs }), (end, later) => {
        const closes = reportExpiresAt(end).getTime();
        expect(isReportExpired(end, new Date(closes - 1))).toBe(false);
        expect(isReportExpired(end, new Date(closes + later))).toBe(true);
      }),
    );
  });

  it("is 365 or 366 days, with the same date and time in Seoul", () => {
    fc.assert(
      fc.property(anyEnd, (end) => {
        const closes = reportExpiresAt(end);
        expect([365, 366]).toContain((closes.getTime() - end.getTime()) / dayMs);
        const { year, day, ...from } = wallTimeAt(end, "Asia/Seoul");
        const to = wallTimeAt(closes, "Asia/Seoul");
        const leapDay = from.month === 2 && day === 29;
        expect(to).toEqual({ ...from, year: year + 1, day: leapDay ? 28 : day });
      }),
    );
  });

  it("never ends earlier for a later end", () => {
    fc.assert(
      fc.property(anyEnd, fc.nat({ max: 800 * dayMs }), (end, later) => {
        const after = new Date(end.getTime() + later);
        expect(reportExpiresAt(after).getTime()).toBeGreaterThanOrEqual(reportExpiresAt(end).getTime());
      }),
    );
  });
});

describe("the days left of a report", () => {
  const closes = new Date("2027-01-10T02:00:00Z");
  const before = (ms: number) => new Date(closes.getTime() - ms);

  it.each([
    [31 * dayMs, 31, null],
    [31 * dayMs - 1, 30, "month"],
    [8 * dayMs, 8, "month"],
    [8 * dayMs - 1, 7, "week"],
    [dayMs - 1, 0, "week"],
    [1, 0, "week"],
    [0, null, null],
    [-1, null, null],
  ] as const)("%i milliseconds before the end: %s days, reminder %s", (ms, days, reminder) => {
    expect(reportDaysLeft(closes, before(ms))).toBe(days);
    expect(reportReminder(closes, before(ms))).toBe(reminder);
  });
});

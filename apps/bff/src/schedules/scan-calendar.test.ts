import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { budgetDaysBetween } from "./budget-days.ts";
import { calendarRange, scanCalendar } from "./scan-calendar.ts";

const budget = { perDay: 2, timeZone: "Asia/Seoul" };
const now = Date.parse("2026-12-10T03:00:00Z");
const run = (dueAt: string, id = "a") => ({ id, host: `${id}.example.com`, dueAt: new Date(dueAt).toISOString() });
const calendar = (month: string, zone: string, runs: ReturnType<typeof run>[], used = 0, reserved: string[] = []) => {
  const range = calendarRange(month, zone, budget, now);
  const waiting = reserved.map((dueAt, index) => ({
    id: `r${index}`,
    host: "r.example.com",
    dueAt: Date.parse(dueAt),
  }));
  const counted = range?.counted ?? { from: 0, until: 0 };
  const inRange = runs.filter(({ dueAt }) => Date.parse(dueAt) >= counted.from && Date.parse(dueAt) < counted.until);
  return scanCalendar(month, range, inRange, waiting, budget, now, used);
};
const plannedOn = ({ capacity }: ReturnType<typeof calendar>, day: string) =>
  capacity.days.find((one) => one.day === day)?.planned;

describe("a calendar of scans", () => {
  it("shows the scans to come of a month, and counts each day of the budget with what was used today", () => {
    const runs = [run("2026-12-10T15:30:00Z"), run("2026-12-11T15:30:00Z"), run("2026-12-10T16:00:00Z", "b")];
    const shown = calendar("2026-12", "Asia/Seoul", runs, 5, ["2026-12-10T17:00:00Z", "2026-12-10T01:00:00Z"]);
    expect(shown.scans).toEqual([
      {
        ...{ kind: "schedule", id: "a", host: "a.example.com" },
        dueAt: ["2026-12-10T15:30:00.000Z", "2026-12-11T15:30:00.000Z"],
      },
      { kind: "schedule", id: "b", host: "b.example.com", dueAt: ["2026-12-10T16:00:00.000Z"] },
      { kind: "reservation", id: "r0", host: "r.example.com", dueAt: ["2026-12-10T17:00:00.000Z"] },
    ]);
    expect(shown.capacity).toMatchObject({ limit: 2, zone: "Asia/Seoul" });
    expect([plannedOn(shown, "2026-12-10"), plannedOn(shown, "2026-12-11"), plannedOn(shown, "2026-12-12")]).toEqual([
      5, 3, 1,
    ]);
    expect(shown.capacity.days).toHaveLength(22);
  });

  it("counts whole days of the budget, also where the month of the reader begins in the middle of one", () => {
    // The month begins in Los Angeles at 17:00 of the first day in Seoul.
    const runs = [run("2026-12-31T16:00:00Z"), run("2027-01-01T09:00:00Z", "b")];
    const shown = calendar("2027-01", "America/Los_Angeles", runs);
    expect(shown.scans.map(({ id }) => id)).toEqual(["b"]);
    expect(plannedOn(shown, "2027-01-01")).toBe(2);
  });

  it("is empty for a month that is over", () => {
    expect(calendar("2026-11", "Asia/Seoul", [run("2026-11-30T00:00:00Z")], 3)).toMatchObject({
      scans: [],
      capacity: { days: [] },
    });
  });

  it("has days of the budget that follow each other without a gap, whatever the zone", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: now, max: now + 4e10 }),
        fc.integer({ min: 1, max: 40 * 86_400_000 }),
        fc.constantFrom("Asia/Seoul", "America/Los_Angeles", "Africa/Cairo", "Pacific/Apia", "UTC"),
        (from, length, timeZone) => {
          const days = budgetDaysBetween(from, from + length, { perDay: 1, timeZone });
          expect(days[0]?.from).toBeLessThanOrEqual(from);
          expect(days.at(-1)?.until).toBeGreaterThanOrEqual(from + length);
          for (const [index, day] of days.entries()) {
            expect(day.until).toBeGreaterThan(day.from);
            if (index > 0) expect(day.from).toBe(days[index - 1]?.until);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});

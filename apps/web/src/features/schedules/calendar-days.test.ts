import type { ScanCalendar } from "@wsc-dashboard/wsc-core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calendarDays } from "./calendar-days.ts";

const calendar = (scans: ScanCalendar["scans"], days: [string, number][], limit: number | null = 2): ScanCalendar => ({
  ...{ month: "2026-12", scans },
  capacity: { limit, zone: "Asia/Seoul", days: days.map(([day, planned]) => ({ day, planned })) },
});
const scan = (id: string, ...dueAt: string[]): ScanCalendar["scans"][number] => ({
  ...{ kind: "schedule", id, host: `${id}.example.com`, dueAt },
});
const dayOf = (days: ReturnType<typeof calendarDays>, day: string) => days.find((one) => one.day === day);

describe("the days of a calendar", () => {
  it("are those of the reader, each with its scans in order and with the count against the limit", () => {
    const data = calendar(
      [scan("b", "2026-12-04T16:30:00Z"), scan("a", "2026-12-04T16:00:00Z", "2026-12-05T16:00:00Z")],
      [
        ["2026-12-05", 2],
        ["2026-12-06", 3],
      ],
    );
    const days = calendarDays(data, "Asia/Seoul");
    expect(days).toHaveLength(31);
    expect(dayOf(days, "2026-12-05")).toMatchObject({
      ...{ weekday: 5, planned: 2, level: "full" },
      scans: [
        { id: "a", time: "01:00" },
        { id: "b", time: "01:30" },
      ],
    });
    expect(dayOf(days, "2026-12-06")).toMatchObject({ planned: 3, level: "over" });
    expect(dayOf(days, "2026-12-07")).toMatchObject({ planned: null, level: "free", scans: [] });
  });

  it("in another zone tell that a scan is on a full day of the limit, without its count", () => {
    const data = calendar([scan("a", "2026-12-04T16:00:00Z")], [["2026-12-05", 3]]);
    expect(dayOf(calendarDays(data, "America/New_York"), "2026-12-04")).toMatchObject({ planned: null, level: "over" });
  });

  it("have no level without a limit", () => {
    const data = calendar([scan("a", "2026-12-04T16:00:00Z")], [["2026-12-05", 900]], null);
    expect(dayOf(calendarDays(data, "Asia/Seoul"), "2026-12-05")).toMatchObject({ planned: null, level: "free" });
  });

  it("lose no scan of the month, whatever the zone", () => {
    const from = Date.parse("2026-12-02T00:00:00Z");
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 28 * 24 * 60 - 1 }), { maxLength: 40 }),
        fc.constantFrom("Asia/Seoul", "America/Los_Angeles", "UTC", "Asia/Kathmandu"),
        (minutes, zone) => {
          const instants = minutes.map((minute) => new Date(from + minute * 60_000).toISOString());
          const shown = calendarDays(calendar([scan("a", ...instants)], []), zone).flatMap(({ scans }) => scans);
          expect(shown.map(({ dueAt }) => dueAt)).toEqual(instants.toSorted());
        },
      ),
      { numRuns: 50 },
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addMonths, monthAt, monthStart } from "./month.ts";

describe("a month", () => {
  it("is the one that the clocks of a zone show", () => {
    const instant = new Date("2026-10-31T15:00:00Z");
    expect([monthAt(instant, "UTC"), monthAt(instant, "Asia/Seoul")]).toEqual(["2026-10", "2026-11"]);
  });

  it("is counted over the ends of years in both directions", () => {
    expect([addMonths("2026-11", 2), addMonths("2026-01", -1), addMonths("2026-01", -13)]).toEqual([
      "2027-01",
      "2025-12",
      "2024-12",
    ]);
  });

  it("begins at its first instant, whatever the zone", () => {
    const months = fc.integer({ min: -600, max: 600 }).map((count) => addMonths("2026-01", count));
    fc.assert(
      fc.property(months, fc.constantFrom("Asia/Seoul", "America/New_York", "UTC"), (month, zone) => {
        const start = monthStart(month, zone);
        expect(monthAt(start, zone)).toBe(month);
        expect(monthAt(new Date(start.getTime() - 1), zone)).toBe(addMonths(month, -1));
      }),
    );
  });
});

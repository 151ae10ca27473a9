import { describe, expect, it } from "vitest";
import { isDay, periodInstants } from "./job-period.ts";

const now = new Date("2026-11-28T20:00:00Z");
const chosen = (change: Partial<Parameters<typeof periodInstants>[0]>) => ({
  ...({ period: "", from: "", until: "" } as const),
  ...change,
});

describe("the period of the list of jobs", () => {
  it("has days of the reader's zone, today included", () => {
    // In Seoul it is already the 29th.
    expect(periodInstants(chosen({ period: "7" }), "Asia/Seoul", now)).toEqual({ from: "2026-11-22T15:00:00.000Z" });
    expect(periodInstants(chosen({ period: "7" }), "UTC", now)).toEqual({ from: "2026-11-22T00:00:00.000Z" });
    expect(periodInstants(chosen({ period: "month" }), "Asia/Seoul", now)).toEqual({
      from: "2026-10-31T15:00:00.000Z",
    });
  });

  it("includes both days that were chosen, also when the clocks change between them", () => {
    expect(periodInstants(chosen({ from: "2026-11-01", until: "2026-11-01" }), "America/New_York", now)).toEqual({
      from: "2026-11-01T04:00:00.000Z",
      until: "2026-11-02T05:00:00.000Z",
    });
    expect(periodInstants(chosen({ until: "2026-12-31" }), "UTC", now)).toEqual({ until: "2027-01-01T00:00:00.000Z" });
    expect(periodInstants(chosen({}), "UTC", now)).toEqual({});
  });

  it("takes no text that is not a day of the calendar", () => {
    for (const text of ["", "2026-02-30", "2026-13-01", "20261101", "2026-11-01T00:00", "0000-01-01", "x"]) {
      expect(isDay(text)).toBe(false);
    }
    expect(isDay("2028-02-29")).toBe(true);
  });
});

import { describe, expect, it } from "vitest";
import { blackoutsSchema } from "../api/schedules.ts";
import { isBlackedOut, isWholeDay } from "./schedule-rule.ts";

const minutes = Array.from(
  { length: 1440 },
  (_, minute) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`,
);

describe("a blackout", () => {
  it("from 00:00 to 24:00 covers every minute of its days and none of others", () => {
    const whole = blackoutsSchema.parse([{ days: ["sat", "sun"], from: "00:00", to: "24:00" }]);
    expect(whole.map(isWholeDay)).toEqual([true]);
    for (const day of ["sat", "sun"] as const)
      expect(minutes.filter((time) => !isBlackedOut(day, time, whole))).toEqual([]);
    for (const day of ["fri", "mon"] as const)
      expect(minutes.filter((time) => isBlackedOut(day, time, whole))).toEqual([]);
  });

  it("may end with the day, including its last minute", () => {
    const late = blackoutsSchema.parse([{ days: ["sat"], from: "22:00", to: "24:00" }]);
    expect(minutes.filter((time) => isBlackedOut("sat", time, late))).toHaveLength(120);
    expect(isBlackedOut("sat", "23:59", late)).toBe(true);
    expect(isBlackedOut("sun", "00:00", late)).toBe(false);
  });

  it("excludes its end minute", () => {
    const early = blackoutsSchema.parse([{ days: ["sat"], from: "00:00", to: "23:59" }]);
    expect(isBlackedOut("sat", "23:59", early)).toBe(false);
    expect(early.map(isWholeDay)).toEqual([false]);
  });

  it.each([
    ["24:00", "24:00"],
    ["24:00", "06:00"],
    ["00:00", "24:01"],
    ["00:00", "00:00"],
    ["00:00", "25:00"],
    ["00:00", "24:00\n"],
  ])("from %j to %j is refused", (from, to) => {
    expect(blackoutsSchema.safeParse([{ days: ["sat"], from, to }]).success).toBe(false);
  });
});

import { type ScheduleRule, WscError } from "@wsc-dashboard/wsc-core";
import { describe, expect, it } from "vitest";
import { nextRunAfter, nextRuns, reservationInstant } from "./run-times.ts";

const rule = (change: Partial<ScheduleRule> = {}): ScheduleRule => ({
  every: "day",
  localTime: "02:30",
  zone: "Asia/Seoul",
  ...change,
});
const runs = (change: Partial<ScheduleRule>, after: string, count = 3) =>
  nextRuns(rule(change), [], Date.parse(after), count);

describe("the next runs", () => {
  it.each<[string, Partial<ScheduleRule>, string, string[]]>([
    ["every day", {}, "2026-11-20T00:00:00Z", ["2026-11-20T17:30:00.000Z", "2026-11-21T17:30:00.000Z"]],
    [
      "on two weekdays",
      { every: "week", weekdays: ["fri", "mon"] },
      "2026-11-20T00:00:00Z",
      ["2026-11-22T17:30:00.000Z", "2026-11-26T17:30:00.000Z"],
    ],
    [
      "every first Monday",
      { every: "month", nth: 1, weekdays: ["mon"] },
      "2026-11-20T00:00:00Z",
      ["2026-12-06T17:30:00.000Z", "2027-01-03T17:30:00.000Z"],
    ],
    [
      "every fifth Sunday, in months that have one",
      { every: "month", nth: 5, weekdays: ["sun"] },
      "2026-11-20T00:00:00Z",
      ["2026-11-28T17:30:00.000Z", "2027-01-30T17:30:00.000Z"],
    ],
    [
      "on day 28 of every month",
      { every: "month", nth: 28 },
      "2027-01-29T00:00:00Z",
      ["2027-02-27T17:30:00.000Z", "2027-03-27T17:30:00.000Z"],
    ],
  ])("are right %s", (_, change, after, expected) => {
    expect(runs(change, after, 2).map(({ dueAt }) => dueAt)).toEqual(expected);
  });

  it("in a DST gap are at the next valid time, and say so", () => {
    expect(runs({ zone: "Europe/Berlin" }, "2026-03-28T12:00:00Z", 1)).toEqual([
      { dueAt: "2026-03-29T01:00:00.000Z", localTime: "2026-03-29T03:00", note: "gap" },
    ]);
  });

  it("in a DST overlap are once, at the first, and say so", () => {
    expect(runs({ zone: "Europe/Berlin" }, "2026-10-24T12:00:00Z", 2)).toEqual([
      { dueAt: "2026-10-25T00:30:00.000Z", localTime: "2026-10-25T02:30", note: "overlap" },
      { dueAt: "2026-10-26T01:30:00.000Z", localTime: "2026-10-26T02:30" },
    ]);
  });

  it("skip blackout hours, also past midnight", () => {
    const night = [{ days: ["fri" as const], from: "22:00", to: "06:00" }];
    const found = nextRuns(rule(), night, Date.parse("2026-11-19T00:00:00Z"), 3).map(({ localTime }) => localTime);
    expect(found).toEqual(["2026-11-20T02:30", "2026-11-22T02:30", "2026-11-23T02:30"]);
  });

  it("refuse a rule whose runs are all in blackout hours", () => {
    const always = [{ days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const, from: "00:00", to: "23:59" }];
    expect(() => nextRunAfter(rule(), always, 0)).toThrow(expect.objectContaining({ code: "SCHEDULE_NEVER_RUNS" }));
  });
});

describe("a reservation", () => {
  const now = Date.parse("2026-03-01T00:00:00Z");
  const refusal = (localTime: string, zone: string): string => {
    try {
      reservationInstant(localTime, zone, now);
      return "accepted";
    } catch (error) {
      if (!(error instanceof WscError)) throw error;
      expect(error.details.errors?.[0]?.pointer).toBe("/when/localTime");
      return error.code;
    }
  };

  it("is the instant of its wall time in its zone", () => {
    expect(reservationInstant("2026-12-01T02:00", "Asia/Seoul", now)).toBe(Date.parse("2026-11-30T17:00:00Z"));
  });

  it("in a DST overlap is the first of both", () => {
    expect(reservationInstant("2026-10-25T02:30", "Europe/Berlin", now)).toBe(Date.parse("2026-10-25T00:30:00Z"));
    expect(reservationInstant("2026-04-05T01:45", "Australia/Lord_Howe", now)).toBe(Date.parse("2026-04-04T14:45:00Z"));
  });

  it.each([
    ["2026-03-29T02:30", "Europe/Berlin", "LOCAL_TIME_MISSING"],
    ["2026-03-08T02:00", "America/New_York", "LOCAL_TIME_MISSING"],
    ["2026-10-04T02:15", "Australia/Lord_Howe", "LOCAL_TIME_MISSING"],
    ["2026-02-30T10:00", "Asia/Seoul", "LOCAL_TIME_INVALID"],
    ["2026-02-01T10:00", "Asia/Seoul", "LOCAL_TIME_PAST"],
    ["2026-03-01T09:00", "Asia/Seoul", "LOCAL_TIME_PAST"],
    ["2027-12-01T10:00", "Asia/Seoul", "LOCAL_TIME_TOO_FAR"],
  ])("for %s in %s is refused with %s", (localTime, zone, code) => {
    expect(refusal(localTime, zone)).toBe(code);
  });
});

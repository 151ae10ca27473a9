import { describe, expect, it } from "vitest";
import { comesTwice, localTimeOf, nextLocalTime, readLocalTime, readReservation } from "./local-time.ts";

const now = Date.parse("2026-03-01T00:00:00Z");

describe("a local time", () => {
  it("is the first instant with that wall time in its zone", () => {
    expect(readLocalTime("2026-12-01T02:00", "Asia/Seoul").instant?.toISOString()).toBe("2026-11-30T17:00:00.000Z");
    const first = readLocalTime("2026-10-25T02:30", "Europe/Berlin").instant;
    expect(first?.toISOString()).toBe("2026-10-25T00:30:00.000Z");
    expect(first && comesTwice(first, "Europe/Berlin")).toBe(true);
  });

  it("in a DST gap has a replacement, and no other has", () => {
    expect(nextLocalTime("2026-03-29T02:30", "Europe/Berlin")).toBe("2026-03-29T03:30");
    for (const localTime of ["2026-03-29T03:30", "2026-10-25T02:30", "2026-02-30T10:00", ""]) {
      expect(nextLocalTime(localTime, "Europe/Berlin")).toBeUndefined();
    }
  });

  it("is ambiguous also where clocks change by half an hour", () => {
    expect(comesTwice(new Date("2026-04-04T14:45:00Z"), "Australia/Lord_Howe")).toBe(true);
  });

  it("is unambiguous on other days, and after the overlap", () => {
    expect(comesTwice(new Date("2026-10-24T00:30:00Z"), "Europe/Berlin")).toBe(false);
    expect(comesTwice(new Date("2026-10-25T01:30:00Z"), "Europe/Berlin")).toBe(false);
  });

  it.each([
    ["2026-03-29T02:30", "Europe/Berlin", "LOCAL_TIME_MISSING"],
    ["2026-02-30T10:00", "Asia/Seoul", "LOCAL_TIME_INVALID"],
    ["2026-13-01T10:00", "Asia/Seoul", "LOCAL_TIME_INVALID"],
    ["tomorrow", "Asia/Seoul", "LOCAL_TIME_INVALID"],
    ["", "Asia/Seoul", "LOCAL_TIME_INVALID"],
  ])("%j in %s is none: %s", (localTime, zone, code) => {
    expect(readLocalTime(localTime, zone)).toEqual({ code });
    expect(readReservation(localTime, zone, now)).toEqual({ code });
  });

  it("is formatted with its time and day", () => {
    expect(localTimeOf(new Date("2026-11-30T17:00:00Z"), "Asia/Seoul")).toEqual({
      localTime: "2026-12-01T02:00",
      time: "02:00",
      day: "tue",
    });
  });
});

describe("a reservation", () => {
  it.each([
    ["2026-03-01T09:00", "LOCAL_TIME_PAST"],
    ["2026-02-01T10:00", "LOCAL_TIME_PAST"],
    ["2027-12-01T10:00", "LOCAL_TIME_TOO_FAR"],
  ])("at %s is refused: %s", (localTime, code) => {
    expect(readReservation(localTime, "Asia/Seoul", now)).toEqual({ code });
  });

  it("a minute from now is accepted", () => {
    expect(readReservation("2026-03-01T09:01", "Asia/Seoul", now).code).toBeUndefined();
  });
});

import { localTimeOf, type PlanRequest } from "@wsc-dashboard/wsc-core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type PlanContext, previewPlan } from "./plan-preview.ts";

const zone = "Asia/Seoul";
const now = Date.parse("2026-11-29T03:00:00Z");
const contextOf = (perDay: number, planned: readonly number[] = [], perUserHour = 0): PlanContext => ({
  budgets: { perDay, perUserHour, timeZone: zone },
  ...{ planned, used: 0, startUrlOf: (host) => `https://${host}/`, hasSchedule: () => false, now },
});
const requestOf = (count: number, change: Partial<PlanRequest> = {}): PlanRequest => ({
  hosts: Array.from({ length: count }, (_, index) => `h${index}.example.com`),
  ...{ repeat: "month", firstDay: 1, lastDay: 7, from: "01:00", minutesApart: 30, zone },
  ...change,
});
const dayOf = (instant: string): string => localTimeOf(new Date(instant), zone).localTime.slice(0, 10);

describe("a plan of scans", () => {
  it("goes round the days, each with times one after the other", () => {
    const { rows } = previewPlan(requestOf(5, { lastDay: 2 }), contextOf(0));
    expect(rows.map(({ run }) => run?.localTime)).toEqual([
      "2026-12-01T01:00",
      "2026-12-02T01:00",
      "2026-12-01T01:30",
      "2026-12-02T01:30",
      "2026-12-01T02:00",
    ]);
    expect(rows[0]?.run?.dueAt).toEqual([
      "2026-11-30T16:00:00.000Z",
      "2026-12-31T16:00:00.000Z",
      "2027-01-31T16:00:00.000Z",
    ]);
  });

  it("takes no day beyond its budget, with what is planned already in any of the months, and says what has no room", () => {
    const january = Date.parse("2026-12-31T20:00:00Z");
    const { rows, months, capacity } = previewPlan(requestOf(6, { lastDay: 2 }), contextOf(2, [january]));
    expect(rows.map(({ run }) => run?.day ?? null)).toEqual([1, 2, 2, null, null, null]);
    expect(months).toEqual([
      { month: "2026-12", added: 3, planned: 0, limit: 62 },
      { month: "2027-01", added: 3, planned: 1, limit: 62 },
      { month: "2027-02", added: 3, planned: 0, limit: 56 },
    ]);
    expect(capacity).toMatchObject({ limit: 2, zone });
    expect(capacity.days.slice(0, 3)).toEqual([
      { day: "2026-12-01", planned: 1 },
      { day: "2026-12-02", planned: 2 },
      { day: "2027-01-01", planned: 2 },
    ]);
  });

  it("counts what was used today, and today only", () => {
    const late = Date.parse("2026-12-01T03:00:00Z");
    const request = requestOf(2, { firstDay: 1, lastDay: 2, from: "23:00", repeat: "once" });
    const { rows } = previewPlan(request, { ...contextOf(1), now: late, used: 1 });
    expect(rows.map(({ run }) => run?.localTime ?? null)).toEqual(["2026-12-02T23:00", null]);
  });

  it("puts as much time between scans as the budget of a person and hour asks for, and ends with the day", () => {
    const { rows, minutesApart } = previewPlan(
      requestOf(4, { firstDay: 5, lastDay: 5, from: "23:00", minutesApart: 1, repeat: "once" }),
      contextOf(0, [], 2),
    );
    expect(minutesApart).toBe(30);
    expect(rows.map(({ run }) => run?.localTime ?? null)).toEqual(["2026-12-05T23:00", "2026-12-05T23:30", null, null]);
  });

  it("plans a scan that takes place once for the next such day, never for a past one", () => {
    const { rows } = previewPlan(requestOf(3, { firstDay: 28, lastDay: 28, repeat: "once" }), contextOf(0));
    expect(rows.map(({ run }) => run?.dueAt)).toEqual([
      ["2026-12-27T16:00:00.000Z"],
      ["2026-12-27T16:30:00.000Z"],
      ["2026-12-27T17:00:00.000Z"],
    ]);
  });

  it("has each target once, no two at one time, none in the past, and no day over the budget, whatever is asked for", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 28 }),
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: 1, max: 600 }),
        fc.integer({ min: 0, max: 3 }),
        fc.constantFrom("once" as const, "month" as const),
        (count, firstDay, more, minutesApart, perDay, repeat) => {
          const request = requestOf(count, { firstDay, lastDay: Math.min(28, firstDay + more), minutesApart, repeat });
          const { rows } = previewPlan(request, contextOf(perDay));
          expect(rows.map(({ host }) => host)).toEqual(request.hosts);
          const due = rows.flatMap(({ run }) => run?.dueAt ?? []);
          expect(new Set(due).size).toBe(due.length);
          expect(due.every((instant) => Date.parse(instant) > now)).toBe(true);
          const days = Map.groupBy(due, dayOf);
          if (perDay > 0)
            expect(Math.max(0, ...[...days.values()].map((ofDay) => ofDay.length))).toBeLessThanOrEqual(perDay);
        },
      ),
      { numRuns: 60 },
    );
  });
});

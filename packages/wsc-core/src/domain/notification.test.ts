import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { localTimeOf } from "./local-time.ts";
import {
  type ChannelRule,
  type ChannelTimes,
  digests,
  isMailAddress,
  matchesChannelRule,
  type NotificationFacts,
  notificationDueAt,
} from "./notification.ts";

const zone = "Asia/Seoul";
const times = (change: Partial<ChannelTimes> = {}): ChannelTimes => ({
  ...{ digest: "at-once", digestTime: "09:00", quietHours: null, zone },
  ...change,
});
/** 2026-11-25 is a Wednesday. */
const at = (utc: string): number => Date.parse(`2026-11-${utc}:00Z`);
const due = (utc: string, change: Partial<ChannelTimes>): string =>
  new Date(notificationDueAt(at(utc), times(change)).dueAt).toISOString().slice(8, 16);

describe("when a notification is sent", () => {
  it("is at once, at the next full hour, or at the time of the digest in the zone of the channel", () => {
    expect(due("25T03:10", {})).toBe("25T03:10");
    expect(due("25T03:10", { digest: "hourly" })).toBe("25T04:00");
    expect(due("25T03:10", { digest: "hourly", zone: "Asia/Kolkata" })).toBe("25T03:30");
    expect(due("25T03:10", { digest: "daily" })).toBe("26T00:00");
    expect(due("24T23:59", { digest: "daily" })).toBe("25T00:00");
    expect(due("25T00:00", { digest: "daily" })).toBe("26T00:00");
    expect(due("25T03:10", { digest: "weekly" })).toBe("30T00:00");
  });

  it("is put off to the end of quiet hours, also past midnight", () => {
    const quietHours = { from: "22:00", to: "07:00" };
    expect(due("25T12:59", { quietHours })).toBe("25T12:59");
    expect(due("25T13:00", { quietHours })).toBe("25T22:00");
    expect(due("25T21:59", { quietHours })).toBe("25T22:00");
    expect(due("25T22:00", { quietHours })).toBe("25T22:00");
    expect(due("25T03:10", { digest: "daily", digestTime: "06:00", quietHours })).toBe("25T22:00");
    expect(notificationDueAt(at("25T13:00"), times({ quietHours })).isHeld).toBe(true);
    expect(notificationDueAt(at("25T12:59"), times({ quietHours })).isHeld).toBe(false);
  });

  it("is never before the event, within nine days, and never in quiet hours, in any zone and on any day", () => {
    const minute = fc.integer({ min: 0, max: 1439 }).map((m) => {
      const two = (value: number) => String(value).padStart(2, "0");
      return `${two(Math.floor(m / 60))}:${two(m % 60)}`;
    });
    const anyTimes = fc.record({
      digest: fc.constantFrom(...digests),
      digestTime: minute,
      quietHours: fc.option(fc.record({ from: minute, to: minute })),
      zone: fc.constantFrom("Asia/Seoul", "America/New_York", "Europe/London", "Asia/Kolkata", "Pacific/Apia"),
    });
    const instant = fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2028, 0) });
    fc.assert(
      fc.property(instant, anyTimes, (eventAt, given) => {
        const { dueAt } = notificationDueAt(eventAt, given);
        expect(dueAt).toBeGreaterThanOrEqual(eventAt);
        expect(dueAt - eventAt).toBeLessThanOrEqual(9 * 86_400_000);
        const { quietHours } = given;
        if (quietHours === null || quietHours.from === quietHours.to) return;
        const { time } = localTimeOf(new Date(dueAt), given.zone);
        // If clocks are put forward at the end of the quiet hours, that minute may not exist.
        const isInside = quietHours.from < quietHours.to ? time > quietHours.from && time < quietHours.to : false;
        expect(isInside && dueAt === eventAt).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});

describe("the rule of a channel", () => {
  const rule = (change: Partial<ChannelRule> = {}): ChannelRule => ({
    ...{ events: ["job.finished", "budget.low"], targets: null, minimumSeverity: null, findingNames: false },
    ...change,
  });
  const finished = (change: Partial<NotificationFacts> = {}): NotificationFacts => ({
    ...{ event: "job.finished", at: "2026-11-25T03:00:00.000Z", target: "shop.example.com" },
    counts: { total: 3, high: 0, medium: 1, low: 2 },
    ...change,
  });

  it("lets through the events that it names, of the targets that it names", () => {
    expect(matchesChannelRule(rule(), finished())).toBe(true);
    expect(matchesChannelRule(rule({ events: ["budget.low"] }), finished())).toBe(false);
    expect(matchesChannelRule(rule({ targets: ["*.example.com"] }), finished())).toBe(true);
    expect(matchesChannelRule(rule({ targets: ["*.example.org", "example.com"] }), finished())).toBe(false);
    expect(matchesChannelRule(rule({ targets: ["a.example"] }), finished({ event: "budget.low", target: null }))).toBe(
      true,
    );
  });

  it("with tags lets through what is about a target with one of them, and what is about none", () => {
    const tagged = rule({ tags: ["shop", "payment"] });
    expect(matchesChannelRule(tagged, finished(), ["office", "payment"])).toBe(true);
    expect(matchesChannelRule(tagged, finished(), ["office"])).toBe(false);
    expect(matchesChannelRule(tagged, finished())).toBe(false);
    expect(matchesChannelRule(tagged, finished({ target: null }))).toBe(true);
  });

  it("with names lets through what concerns one of them, in any letter case and width, and what concerns nobody", () => {
    const of = (people: string[] | null, facts: Partial<NotificationFacts>) =>
      matchesChannelRule(
        rule({ events: ["verdict.assigned"], people }),
        finished({ event: "verdict.assigned", ...facts }),
      );
    expect(of(["Kim"], { people: ["kim"] })).toBe(true);
    expect(of(["kim"], { people: ["lee", "\uff2b\uff49\uff4d"] })).toBe(true);
    expect(of(["kim"], { people: ["lee", "kimber"] })).toBe(false);
    expect(of(["kim"], {})).toBe(true);
    expect(of(null, { people: ["lee"] })).toBe(true);
  });

  it("holds finished jobs to the severity, and lets through what is not known", () => {
    for (const [minimumSeverity, passes] of [
      ["high", false],
      ["medium", true],
      ["low", true],
    ] as const)
      expect(matchesChannelRule(rule({ minimumSeverity }), finished()), minimumSeverity).toBe(passes);
    const unknown = finished({ counts: { total: 3, high: null, medium: 0, low: 0 } });
    expect(matchesChannelRule(rule({ minimumSeverity: "high" }), unknown)).toBe(true);
    const { counts: _, ...unread } = finished();
    expect(matchesChannelRule(rule({ minimumSeverity: "high" }), unread)).toBe(true);
  });
});

describe("a mail address", () => {
  it("is one name at one domain, and nothing that could end a header or add a receiver", () => {
    for (const good of ["a@example.com", "scan.team+wsc@mail.example.co.kr", "o'neil@example.com"])
      expect(isMailAddress(good), good).toBe(true);
    for (const bad of [
      ...["", "a", "@example.com", "a@", "a@b@example.com", "a b@example.com", "a@exa mple.com", "a..b@example.com"],
      ...["a@example.com\r\nBcc: b@example.com", "a@example.com,b@example.com", "a@example.com;b@example.com"],
      ...["<a@example.com>", 'A "B" <a@example.com>', "a@-example.com", "a@example..com", "a@[127.0.0.1]"],
      ...["a\0@example.com", "ä@example.com", "a@exämple.com", `${"a".repeat(65)}@example.com`, "a\u202e@example.com"],
    ])
      expect(isMailAddress(bad), JSON.stringify(bad)).toBe(false);
  });
});

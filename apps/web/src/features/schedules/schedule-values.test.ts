import type { Schedule, Session } from "@wsc-dashboard/wsc-core";
import { describe, expect, it } from "vitest";
import { flattenErrors } from "../../forms/form-error.ts";
import {
  newScheduleValues,
  type ScheduleValues,
  scheduleResolver,
  scheduleValues,
  sectionOfPath,
  withEvery,
} from "./schedule-values.ts";

const session = { userAgents: ["PC Chrome"], speeds: ["1"], consentTextVersion: "1" } as unknown as Session;
const kept = {
  id: "s-1",
  startUrl: "https://www.example.com/",
  memo: "매월",
  excludeUrls: [],
  items: ["ALL"],
  userAgent: "iPhone",
  speed: "2",
  signInKind: "headers",
  rule: { every: "month", nth: 1, weekdays: ["mon"], localTime: "02:00", zone: "Asia/Seoul" },
  collision: "queue",
  blackout: [],
} as unknown as Schedule;

const agreed = (values: ScheduleValues, change: Partial<ScheduleValues> = {}): ScheduleValues => ({
  ...values,
  startUrl: "https://www.example.com/",
  consent: { ...values.consent, accepted: true },
  ...change,
});
async function errorsOf(values: ScheduleValues) {
  const { errors } = await scheduleResolver(values, undefined, { fields: {}, shouldUseNativeValidation: false });
  return flattenErrors(errors);
}
const fresh = newScheduleValues(session, {}, "Asia/Seoul");

describe("the form of a schedule", () => {
  it("is valid with a URL and consent", async () => {
    expect(await errorsOf(agreed(fresh))).toEqual([]);
  });

  it("is prefilled from the job form, without consent", () => {
    const values = newScheduleValues(session, { startUrl: "https://shop.example.com/", memo: "m" }, "UTC");
    expect(values).toMatchObject({
      startUrl: "https://shop.example.com/",
      memo: "m",
      signIn: { kind: "none" },
      consent: { accepted: false },
    });
  });

  it("of a schedule with credentials asks for the values, and does not drop them silently", async () => {
    const values = scheduleValues(session, kept);
    expect(await errorsOf(agreed(values))).toEqual([{ path: "signIn", code: "160432" }]);
    expect(await errorsOf(agreed(values, { signIn: { kind: "none" } }))).toEqual([]);
  });

  it("keeps everything else of a schedule, except the consent", () => {
    expect(scheduleValues(session, kept)).toMatchObject({
      memo: "매월",
      userAgent: "iPhone",
      speed: "2",
      rule: kept.rule,
      collision: "queue",
      consent: { accepted: false },
    });
  });

  it.each<[string, Partial<ScheduleValues>, string, string]>([
    ["no time", { rule: { every: "day", localTime: "", zone: "UTC" } }, "rule.localTime", "160432"],
    [
      "no day of the week",
      { rule: { every: "week", weekdays: [], localTime: "02:00", zone: "UTC" } },
      "rule.weekdays",
      "160432",
    ],
    [
      "a zone that is none",
      { rule: { every: "day", localTime: "02:00", zone: "Mars/Olympus" } },
      "rule.zone",
      "TIME_ZONE_UNKNOWN",
    ],
    ["no agreement", { consent: { textVersion: "1", accepted: false } }, "consent.accepted", "CONSENT_REQUIRED"],
  ])("is refused with %s, at its field", async (_, change, path, code) => {
    expect(await errorsOf(agreed(fresh, change))).toEqual([{ path, code }]);
  });

  it("is refused with empty blackout hours, at their row", async () => {
    const errors = await errorsOf(agreed(fresh, { blackout: [{ days: ["mon"], from: "09:00", to: "09:00" }] }));
    expect(errors).toMatchObject([{ code: "VALUE_INVALID", line: 1 }]);
    expect(sectionOfPath(errors[0]?.path ?? "")).toBe("blackout");
  });
});

describe("another frequency", () => {
  const rule = { every: "month", nth: 3, weekdays: ["fri"], localTime: "02:00", zone: "UTC" } as const;

  it("omits fields that do not apply", () => {
    const { localTime, zone } = rule;
    expect(withEvery({ ...rule, weekdays: ["fri"] }, "day")).toEqual({ every: "day", localTime, zone });
    expect(withEvery({ ...rule, weekdays: ["fri"] }, "week")).toEqual({
      every: "week",
      weekdays: ["fri"],
      localTime,
      zone,
    });
  });

  it("fills in required fields", () => {
    expect(withEvery({ every: "day", localTime: "02:00", zone: "UTC" }, "week").weekdays).toEqual(["mon"]);
    const month = withEvery({ every: "week", weekdays: ["tue", "fri"], localTime: "02:00", zone: "UTC" }, "month");
    expect(month).toMatchObject({ nth: 1, weekdays: ["tue"] });
  });
});

describe("a path of the request", () => {
  it.each([
    ["startUrl", "target"],
    ["rule.weekdays", "rule"],
    ["blackout.0.to", "blackout"],
    ["signIn", "signin"],
    ["nobodyKnows", "consent"],
  ])("%s is corrected under %s", (path, section) => {
    expect(sectionOfPath(path)).toBe(section);
  });
});

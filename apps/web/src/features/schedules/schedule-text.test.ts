import type { Schedule } from "@wsc-dashboard/wsc-core";
import { describe, expect, it } from "vitest";
import { en } from "../../messages/en.ts";
import { createFormats } from "../../messages/formats.ts";
import { ja } from "../../messages/ja.ts";
import { ko } from "../../messages/ko.ts";
import { readScheduleSearch } from "./schedule-search.ts";
import { ruleText, runsPerMonth, runText } from "./schedule-text.ts";

type Rule = Schedule["rule"];
const catalogues = { en, ko, ja };
const say = (language: keyof typeof catalogues, rule: Partial<Rule>): string =>
  ruleText(catalogues[language], createFormats(language, "UTC", catalogues[language].formatWords), {
    every: "day",
    localTime: "02:00",
    zone: "Asia/Seoul",
    ...rule,
  });

describe("a rule in words", () => {
  it.each<[keyof typeof catalogues, Partial<Rule>, string]>([
    ["en", {}, "Every day at 02:00 (Asia/Seoul)"],
    ["en", { every: "week", weekdays: ["mon", "fri"] }, "Every Monday and Friday at 02:00 (Asia/Seoul)"],
    ["en", { every: "month", nth: 1, weekdays: ["mon"] }, "First Monday of every month at 02:00 (Asia/Seoul)"],
    ["en", { every: "month", nth: 15 }, "Day 15 of every month at 02:00 (Asia/Seoul)"],
    ["ko", {}, "매일 02:00 (Asia/Seoul)"],
    ["ko", { every: "week", weekdays: ["mon", "fri"] }, "매주 월요일 및 금요일 02:00 (Asia/Seoul)"],
    ["ko", { every: "month", nth: 1, weekdays: ["mon"] }, "매월 첫째 월요일 02:00 (Asia/Seoul)"],
    ["ko", { every: "month", nth: 15 }, "매월 15일 02:00 (Asia/Seoul)"],
    ["ja", { every: "week", weekdays: ["mon", "fri"] }, "毎週 月曜日、金曜日 02:00（Asia/Seoul）"],
    ["ja", { every: "month", nth: 5, weekdays: ["sun"] }, "毎月 第5日曜日 02:00（Asia/Seoul）"],
  ])("in %s, for %j", (language, rule, text) => {
    expect(say(language, rule)).toBe(text);
  });

  it("handles a number without a word", () => {
    expect(say("en", { every: "month", nth: 7, weekdays: ["mon"] })).toContain("7 Monday");
  });
});

describe("the outcome of a run", () => {
  const run = { submissionId: "s", dueAt: "2026-11-20T00:00:00Z" };

  it("is shown with its reason", () => {
    const text = runText(en, { ...run, state: "CANCELLED", code: "SCHEDULE_COLLISION" });
    expect(text).toBe(`Skipped: ${en.errors.SCHEDULE_COLLISION.title}`);
  });

  it("is shown unchanged when unknown, with deceptive characters as code points", () => {
    expect(runText(en, { ...run, state: "NEW\u202eSTATE" })).toBe("Unknown state “NEW[U+202E]STATE”");
  });
});

describe("the runs of a month", () => {
  const every = (days: number, count = 10) =>
    Array.from({ length: count }, (_, index) => new Date(index * days * 86_400_000).toISOString());

  it.each([
    [1, 30],
    [7, 4],
    [30, 1],
    [91, 0],
  ])("of a run every %i days are about %i", (days, count) => {
    expect(Math.round(runsPerMonth(every(days)) ?? -1)).toBe(count);
  });

  it("are not estimated from one run", () => {
    expect(runsPerMonth(every(1, 1))).toBeNull();
    expect(runsPerMonth([])).toBeNull();
  });
});

describe("the URL of a schedule", () => {
  it.each([{ edit: "yes" }, { edit: ["1"] }, { other: "1" }, {}])("takes nothing from %j", (raw) => {
    expect(readScheduleSearch(raw)).toEqual({});
  });

  it("contains the edit mode", () => {
    expect(readScheduleSearch({ edit: "1" })).toEqual({ edit: "1" });
  });
});

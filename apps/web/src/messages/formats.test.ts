import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { s } from "./en/plural.ts";
import { en } from "./en.ts";
import { createFormats, daysUntil } from "./formats.ts";
import { ja } from "./ja.ts";
import { ko } from "./ko.ts";
import type { Language } from "./language.ts";

const words = { en: en.formatWords, ko: ko.formatWords, ja: ja.formatWords };
const formats = (language: Language, zone = "Asia/Seoul") => createFormats(language, zone, words[language]);
const instant = "2026-11-22T05:03:00Z";

describe("dates", () => {
  it.each([
    ["ko", "2026-11-22 14:03", "2026-11-22 14:03 KST", "2026-11-22"],
    ["ja", "2026/11/22 14:03", "2026/11/22 14:03 KST", "2026/11/22"],
    ["en", "22 Nov 2026, 14:03", "22 Nov 2026, 14:03 KST", "22 Nov 2026"],
  ] as const)("are written the way %s readers write them", (language, dateTime, zoned, date) => {
    expect(formats(language).dateTime(instant)).toBe(dateTime);
    expect(formats(language).zoned(instant)).toBe(zoned);
    expect(formats(language).date(instant)).toBe(date);
  });

  it("are those of the chosen zone, whatever the language", () => {
    for (const language of ["ko", "ja", "en"] as const) {
      expect(formats(language, "Europe/Berlin").dateTime(instant)).toMatch(/06:03$/);
      expect(formats(language, "Asia/Tokyo").zoned(instant)).toMatch(/14:03 JST$/);
      expect(formats(language, "UTC").seconds(instant)).toMatch(/05:03:00$/);
    }
  });

  it("never use a twelve-hour clock or hour 24", () => {
    expect(formats("ko").dateTime("2026-11-22T15:00:00Z")).toBe("2026-11-23 00:00");
    expect(formats("en", "UTC").dateTime("2026-11-22T23:59:59Z")).toBe("22 Nov 2026, 23:59");
  });

  it("name Korean and Japanese time in English too", () => {
    expect(formats("en", "Asia/Seoul").zoned(instant)).toBe("22 Nov 2026, 14:03 KST");
    expect(formats("ko").zoneWord("Asia/Tokyo", instant)).toBe("JST");
  });
});

describe("durations", () => {
  it.each([
    ["en", "2h 14m"],
    ["ko", "2시간 14분"],
    ["ja", "2時間14分"],
  ] as const)("are short words in %s", (language, text) => {
    expect(formats(language).duration(8_040_000)).toBe(text);
  });

  it("show seconds only below a minute, and are never empty", () => {
    expect(formats("en").duration(42_000)).toBe("42s");
    expect(formats("en").duration(0)).not.toBe("");
    expect(formats("en").duration(-5000)).not.toMatch(/-/);
    expect(formats("en").duration(3_661_000)).toBe("1h 1m");
  });
});

describe("the age of data", () => {
  it.each([
    [0, "just now"],
    [-4000, "just now"],
    [9000, "9 s ago"],
    [19_999, "10 s ago"],
    [60_000, "1 min ago"],
    [7_200_000, "2 h ago"],
    [86_400_000, "1 day ago"],
  ])("of %i ms reads %s", (ms, text) => {
    expect(formats("en").ago(ms)).toBe(text);
  });
});

describe("days left", () => {
  it("count whole days and are negative from the exact instant", () => {
    const end = Date.parse(instant);
    expect(daysUntil(instant, end - 2 * 86_400_000)).toBe(2);
    expect(daysUntil(instant, end - 1)).toBe(0);
    expect(daysUntil(instant, end + 1)).toBe(-1);
  });

  it("call a report expired from the exact instant", () => {
    expect(daysUntil(instant, Date.parse(instant))).toBeLessThan(0);
  });
});

describe("numbers", () => {
  it("are those of the platform in every language, whether or not it is asked", () => {
    const number = fc.oneof(
      fc.integer({ min: -2000, max: 2000 }),
      fc.maxSafeInteger(),
      fc.double({ min: 0.001, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.constantFrom("en", "ko", "ja"), number, (language, n) => {
        expect(formats(language).number(n)).toBe(new Intl.NumberFormat(language).format(n));
      }),
      {
        examples: [
          ["en", 0],
          ["ja", 999],
          ["en", 1000],
          ["en", 0.5],
        ],
      },
    );
  });

  it("stand before an English noun in the form that the platform's plural rules choose", () => {
    const rules = new Intl.PluralRules("en");
    fc.assert(
      fc.property(fc.nat(), (n) => {
        expect(s(n) === "").toBe(rules.select(n) === "one");
      }),
      { examples: [[0], [1], [2], [11], [21]] },
    );
  });
});

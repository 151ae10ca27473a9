import { bracketed, localTimeOf, type Weekday, wallTimeAt, weekdays } from "@wsc-dashboard/wsc-core";
import type { Messages } from "./en.ts";
import type { Language } from "./language.ts";

/** Intl calls them GMT+9 outside of Japan. */
const zoneWords: Readonly<Record<string, string>> = {
  "Asia/Seoul": "KST",
  "Asia/Tokyo": "JST",
  UTC: "UTC",
  "Etc/UTC": "UTC",
};

const dayMs = 86_400_000;
const mondayMs = Date.UTC(2024, 0, 1);
const two = (n: number): string => String(n).padStart(2, "0");

export interface Formats {
  readonly language: Language;
  readonly zone: string;
  number(n: number): string;
  /** Date and time to the minute, 24 hours. */
  dateTime(instant: string): string;
  date(instant: string): string;
  /** A month such as `2026-11`, with its year. */
  month(month: string): string;
  /** The same without its year, for the axis of a chart. */
  shortMonth(month: string): string;
  /** Day and month, for the axis of a chart. */
  dayMonth(instant: string): string;
  /** Date and time with the zone's word. */
  zoned(instant: string): string;
  /** The same to the second. */
  exact(instant: string): string;
  /** Date and time to the second, where the zone is named once for many. */
  seconds(instant: string): string;
  zoneWord(zone: string, instant: string): string;
  /** Day of the week, date and time as clocks of a zone show them. */
  runTime(instant: string, zone: string): string;
  /** A run's time in a zone, with its name, and in UTC. */
  bothTimes(instant: string, zone: string): string;
  /** In brackets of the language, to be put right after the words that it belongs to. */
  bracketed(text: string): string;
  weekday(day: Weekday, width: "long" | "short"): string;
  /** Entries as one text: "a, b and c". */
  list(entries: readonly string[]): string;
  /** Hours and minutes; seconds only when shorter than a minute. */
  duration(ms: number): string;
  /** Rounded down to the largest unit. */
  ago(ms: number): string;
}

/** Whole days until an instant; below zero once it has come, at that very instant already. */
export function daysUntil(instant: string, now: number): number {
  const days = Math.floor((Date.parse(instant) - now) / dayMs);
  return Date.parse(instant) <= now ? Math.min(-1, days) : days;
}

type DurationUnit = "day" | "hour" | "minute" | "second";

/** Calls a function on first use: making `Intl` objects takes long, and a page needs few of them. */
function lazy<Value extends object>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** A count as all three languages write it. */
function countText(count: number): string {
  const digits = String(count);
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= 3) groups.unshift(digits.slice(Math.max(0, end - 3), end));
  return groups.join(",");
}

/** Counts of units as one text. `Intl.DurationFormat` would do it, but not every supported browser has it. */
function createDurationText(language: Language): (parts: readonly (readonly [number, DurationUnit])[]) => string {
  const unitDisplay = language === "en" ? "narrow" : "short";
  return (parts) => {
    const text = parts
      .map(([count, unit]) => new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay }).format(count))
      .join(" ");
    // Japanese writes no spaces between numbers and units; Intl does.
    return language === "ja" ? text.replaceAll(" ", "") : text;
  };
}

export function createFormats(language: Language, zone: string, words: Messages["formatWords"]): Formats {
  const numbers = lazy(() => new Intl.NumberFormat(language));
  const durationText = createDurationText(language);

  const lists = lazy(() => new Intl.ListFormat(language, { type: "conjunction" }));

  const date = (instant: string, of = zone): string => {
    const { year, month, day } = wallTimeAt(new Date(instant), of);
    if (language === "ko") return `${year}-${two(month)}-${two(day)}`;
    if (language === "ja") return `${year}/${two(month)}/${two(day)}`;
    return `${day} ${words.months[month - 1]} ${year}`;
  };
  const time = (instant: string, of: string): string => {
    const { hour, minute } = wallTimeAt(new Date(instant), of);
    return `${two(hour)}:${two(minute)}`;
  };
  const dateTime = (instant: string): string =>
    `${date(instant)}${language === "en" ? "," : ""} ${time(instant, zone)}`;
  const weekday: Formats["weekday"] = (day, width) =>
    new Intl.DateTimeFormat(language, { weekday: width, timeZone: "UTC" }).format(
      mondayMs + weekdays.indexOf(day) * dayMs,
    );
  const dayMonths = lazy(() => new Intl.DateTimeFormat(language, { day: "numeric", month: "numeric", timeZone: zone }));
  const monthFormat = (options: Intl.DateTimeFormatOptions) => {
    const format = lazy(() => new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" }));
    return (month: string): string => format().format(Date.parse(`${month}-01T00:00:00Z`));
  };
  const runTime: Formats["runTime"] = (instant, of) => {
    const day = weekday(localTimeOf(new Date(instant), of).day, "short");
    const clock = time(instant, of);
    if (language === "en") return `${day} ${date(instant, of)}, ${clock}`;
    return `${date(instant, of)}${inBrackets(day)}${language === "ja" ? "" : " "}${clock}`;
  };
  const inBrackets = (text: string): string => bracketed(language, text);
  const zoneWord = (of: string, instant: string): string =>
    zoneWords[of] ??
    new Intl.DateTimeFormat("en", { timeZone: of, timeZoneName: "short" })
      .formatToParts(new Date(instant))
      .find(({ type }) => type === "timeZoneName")?.value ??
    of;

  const seconds = (instant: string): string =>
    `${dateTime(instant)}:${two(wallTimeAt(new Date(instant), zone).second)}`;

  return {
    language,
    zone,
    number: (n) => (Number.isSafeInteger(n) && n >= 0 ? countText(n) : numbers().format(n)),
    date: (instant) => date(instant),
    dateTime,
    dayMonth: (instant) => dayMonths().format(Date.parse(instant)),
    month: monthFormat({ year: "numeric", month: "long" }),
    shortMonth: monthFormat({ month: "short" }),
    weekday,
    list: (entries) => lists().format(entries),
    runTime,
    bracketed: inBrackets,
    bothTimes: (instant, of) =>
      of === "UTC"
        ? `${runTime(instant, of)} UTC`
        : `${runTime(instant, of)}${inBrackets(of)} · ${runTime(instant, "UTC")} UTC`,
    zoneWord,
    zoned: (instant) => `${dateTime(instant)} ${zoneWord(zone, instant)}`,
    seconds,
    exact: (instant) => `${seconds(instant)} ${zoneWord(zone, instant)}`,
    duration: (ms) => {
      const seconds = Math.max(0, Math.floor(ms / 1000));
      if (seconds < 60) return durationText([[seconds, "second"]]);
      const parts = [
        [Math.floor(seconds / 86_400), "day"],
        [Math.floor(seconds / 3600) % 24, "hour"],
        [Math.floor(seconds / 60) % 60, "minute"],
      ] as const;
      return durationText(parts.filter(([count]) => count > 0));
    },
    ago: (ms) => {
      const seconds = Math.floor(ms / 1000);
      if (seconds < 5) return words.ago.justNow;
      // Steps of ten: the text is recomputed every ten seconds.
      if (seconds < 60) return words.ago.seconds(seconds < 10 ? seconds : Math.floor(seconds / 10) * 10);
      if (seconds < 3600) return words.ago.minutes(Math.floor(seconds / 60));
      if (seconds < 86_400) return words.ago.hours(Math.floor(seconds / 3600));
      return words.ago.days(Math.floor(seconds / 86_400));
    },
  };
}

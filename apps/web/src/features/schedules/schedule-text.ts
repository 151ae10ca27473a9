import { type Schedule, submissionStates } from "@wsc-dashboard/wsc-core";
import type { Messages } from "../../messages/en.ts";
import { errorTextOf } from "../../messages/error-text.ts";
import type { Formats } from "../../messages/formats.ts";
import { withVisibleControls } from "../../ui/plain-text.tsx";

type Rule = Schedule["rule"];
type Run = Schedule["runs"][number];

/** A rule in words: "First Monday of every month at 02:00 (Asia/Seoul)". */
export function ruleText({ schedules }: Messages, formats: Formats, rule: Rule): string {
  return `${wordsOf(schedules, formats, rule)}${formats.bracketed(rule.zone)}`;
}

function wordsOf(schedules: Messages["schedules"], formats: Formats, rule: Rule): string {
  const { every, weekdays = [], nth, localTime } = rule;
  const days = weekdays.map((day) => formats.weekday(day, "long"));
  if (every === "day") return schedules.ruleDay(localTime);
  if (every === "week") return schedules.ruleWeek(formats.list(days), localTime);
  const [day] = days;
  return day === undefined
    ? schedules.ruleMonthDay(formats.number(nth ?? 1), localTime)
    : schedules.ruleWeekday(nthWord(schedules, nth ?? 1), day, localTime);
}

export const nths = [1, 2, 3, 4, 5] as const;

function nthWord({ nth: words }: Messages["schedules"], nth: number): string {
  const known = nths.find((number) => number === nth);
  return known === undefined ? String(nth) : words[known];
}

/** The outcome of a run, with its reason if there is one. */
export function runText(messages: Messages, { state, code }: Run): string {
  const { schedules, shell } = messages;
  const known = submissionStates.find((name) => name === state);
  const word = known === undefined ? schedules.unknownRun(withVisibleControls(state)) : schedules.runStates[known];
  return code === undefined ? word : shell.labelled(word, errorTextOf(messages, code).title);
}

/** Runs that failed, were missed, or need review. */
export function isFailedRun({ state }: Run): boolean {
  return state === "FAILED" || state === "MISSED" || state === "NEEDS_REVIEW";
}

const monthMs = 30.44 * 86_400_000;

/** Runs in a month of average length, estimated from the next runs; `null` when there are fewer than two. */
export function runsPerMonth(dueAts: readonly string[]): number | null {
  const [first, last] = [dueAts[0], dueAts.at(-1)];
  if (first === undefined || last === undefined || dueAts.length < 2) return null;
  return ((dueAts.length - 1) * monthMs) / (Date.parse(last) - Date.parse(first));
}

import {
  type ChannelRule,
  type DeliveryKind,
  type Language,
  type NotificationEvent,
  type NotificationFacts,
  pagePaths,
} from "@wsc-dashboard/wsc-core";
import type { MessageWords } from "./words/message-words.ts";
import { messageWords } from "./words/words-of-language.ts";

/** Maximum number of notifications listed in a message; the others are only counted. */
export const listedNotifications = 50;

/** The content of a message, independent of its format. */
export interface MessageContent {
  readonly id: string;
  readonly kind: DeliveryKind;
  readonly createdAt: number;
  readonly language: Language;
  /** Whether these are a person's own notifications. */
  readonly isOwn?: boolean;
  readonly rule: Pick<ChannelRule, "findingNames">;
  /** Oldest first. */
  readonly notifications: readonly NotificationFacts[];
  readonly total: number;
  /** Origin of the dashboard for links; `null` for no links. */
  readonly origin: string | null;
}

/** A notification as lines of text, with a link to details. */
export interface MessageEntry {
  readonly title: string;
  readonly lines: readonly string[];
  readonly link: string | null;
}

export interface MessageText {
  /** One line. */
  readonly subject: string;
  readonly entries: readonly MessageEntry[];
  /** Sentence with the number of unlisted notifications; `null` when all are listed. */
  readonly more: string | null;
  readonly words: MessageWords;
}

/** Replaces line breaks, and characters that are invisible or change the text direction. */
export const oneLine = (text: string): string => text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, " ");

const pathOfTarget = ({ target }: NotificationFacts): string =>
  target === null ? pagePaths.targets : pagePaths.target.replace("$host", encodeURIComponent(target));

const pathOf: Readonly<Record<NotificationEvent, (facts: NotificationFacts) => string>> = {
  "job.finished": ({ instanceNo = "" }) => pagePaths.report.replace("$instanceNo", instanceNo),
  "job.failed": ({ instanceNo = "" }) => pagePaths.job.replace("$instanceNo", instanceNo),
  "submission.failed": () => pagePaths.jobs,
  "submission.review": () => pagePaths.jobs,
  "submission.missed": () => pagePaths.jobs,
  "signIn.failed": () => pagePaths.jobs,
  "schedule.paused": ({ scheduleId = "" }) => pagePaths.schedule.replace("$id", scheduleId),
  "report.expires": ({ instanceNo = "" }) => pagePaths.report.replace("$instanceNo", instanceNo),
  "budget.low": () => pagePaths.overview,
  "verdict.expired": pathOfTarget,
  "verdict.returned": pathOfTarget,
  "verdict.assigned": pathOfTarget,
  "verdict.mentioned": pathOfTarget,
  "target.assigned": pathOfTarget,
};

/** Link to the page of a notification; `null` without the origin of the dashboard. */
export const linkOf = (facts: NotificationFacts, origin: string | null): string | null =>
  origin === null ? null : `${origin}${pathOf[facts.event](facts)}`;

const shown = (count: number | null): string => (count === null ? "–" : String(count));

function linesOf(facts: NotificationFacts, words: MessageWords, hasNames: boolean): string[] {
  const { event, counts, changes, findings = [], code, daysLeft, used, limit, verdicts, targets, people } = facts;
  const lines: string[] = [];
  if (counts !== undefined) {
    const { total, high, medium, low } = counts;
    lines.push(words.counts({ total: shown(total), high: shown(high), medium: shown(medium), low: shown(low) }));
  } else if (event === "job.finished") lines.push(words.uncounted);
  if (changes !== undefined) lines.push(words.changes(changes));
  if (hasNames) lines.push(...findings.map(({ item, count }) => `- ${oneLine(item)} (${shown(count)})`));
  if (code !== undefined) lines.push(words.code(oneLine(code)));
  if (daysLeft !== undefined) lines.push(words.daysLeft(daysLeft));
  if (used !== undefined && limit !== undefined) lines.push(words.budget(used, limit));
  if (verdicts !== undefined) lines.push(words.verdicts(verdicts));
  if (targets !== undefined) lines.push(words.targets(targets));
  if (people !== undefined) lines.push(words.people(people.map(oneLine).join(", ")));
  return lines;
}

function titleOf({ event, target }: NotificationFacts, words: MessageWords): string {
  return target === null ? words.title[event] : `${words.title[event]} · ${oneLine(target)}`;
}

/** The text of a message in the language of its channel. Each external text stays on one line. */
export function messageText(content: MessageContent): MessageText {
  const { kind, language, rule, notifications, total, origin } = content;
  const words = messageWords(language);
  const entries = notifications.map((facts) => ({
    title: titleOf(facts, words),
    lines: linesOf(facts, words, rule.findingNames),
    link: linkOf(facts, origin),
  }));
  const hidden = total - entries.length;
  const [first] = entries;
  const single = total === 1 && first !== undefined ? first.title : words.digest(total);
  return {
    subject: kind === "test" ? words.test : single,
    entries,
    more: hidden > 0 ? words.more(hidden) : null,
    words,
  };
}

import { localTimeOf } from "./local-time.ts";
import { type Severity, severities } from "./severity.ts";
import { hostMatchesPattern } from "./target.ts";
import { instantOfWallTime, type WallTime, wallTimeAt } from "./wall-time.ts";

/**
 * What notifications are about. A further event is a line here; the texts of messages and of the settings page do not compile
 * without it.
 */
export const notificationEvents = [
  "job.finished",
  "job.failed",
  "submission.failed",
  "submission.review",
  "submission.missed",
  "signIn.failed",
  "schedule.paused",
  "report.expires",
  "budget.low",
  "verdict.expired",
  "verdict.returned",
  "verdict.assigned",
  "verdict.mentioned",
] as const;
export type NotificationEvent = (typeof notificationEvents)[number];

/** Days before the end of a report at which `report.expires` happens. */
export const expiryReminderDays = [30, 7] as const;

/** Findings of one kind in a report. Hostile text: it comes from the vendor's answer. */
export interface NamedFindings {
  readonly item: string;
  readonly count: number | null;
}

/** What a notification says. Never evidence, a credential or a text of a scanned page. */
export interface NotificationFacts {
  readonly event: NotificationEvent;
  /** RFC 3339 in UTC. */
  readonly at: string;
  /** Host of the target; `null` when the event is about none. */
  readonly target: string | null;
  readonly instanceNo?: string;
  readonly submissionId?: string;
  readonly scheduleId?: string;
  /** The vendor's counts; `null` where it gave none. Absent when the report has not been read. */
  readonly counts?: { readonly total: number | null } & Readonly<Record<Severity, number | null>>;
  /** Since the report it is compared with. */
  readonly changes?: {
    readonly new: number;
    readonly remaining: number;
    readonly fixed: number;
    readonly notRetested: number;
  };
  /** For channels that ask for names of findings. */
  readonly findings?: readonly NamedFindings[];
  /** Why, as a code of the error catalogue. */
  readonly code?: string;
  readonly daysLeft?: number;
  /** RFC 3339 in UTC. */
  readonly expiresAt?: string;
  readonly used?: number;
  readonly limit?: number;
  /** Findings that the event is about. */
  readonly verdicts?: number;
  /** Whom it is about, as people wrote the names. Hostile text. */
  readonly people?: readonly string[];
}

/** Which notifications a channel gets. */
export interface ChannelRule {
  readonly events: readonly NotificationEvent[];
  /** Host patterns; `null`: every target. What is about no target passes. */
  readonly targets: readonly string[] | null;
  /** Only targets with one of these tags; absent or `null`: every target. What is about no target passes. */
  readonly tags?: readonly string[] | null;
  /** Only finished jobs whose report has a finding at least this severe; `null`: every job. What is not known passes. */
  readonly minimumSeverity: Severity | null;
  /** Whether messages may name the kinds of findings. */
  readonly findingNames: boolean;
  /** Names, in any letter case; absent or `null`: everybody. What is about nobody passes. */
  readonly people?: readonly string[] | null;
}

const nameKey = (name: string): string => name.normalize("NFKC").toLowerCase();

function isAbout(names: readonly string[], people: readonly string[]): boolean {
  const wanted = new Set(names.map(nameKey));
  return people.some((name) => wanted.has(nameKey(name)));
}

function isSevereEnough({ counts }: NotificationFacts, minimum: Severity): boolean {
  if (counts === undefined) return true;
  const severe = severities.slice(0, severities.indexOf(minimum) + 1).map((severity) => counts[severity]);
  return severe.some((count) => count === null || count > 0);
}

/** Whether a channel with this rule gets the notification. `tags`: those of its target. */
export function matchesChannelRule(rule: ChannelRule, facts: NotificationFacts, tags: readonly string[] = []): boolean {
  const { event, target, people } = facts;
  if (!rule.events.includes(event)) return false;
  if (rule.people && people !== undefined && !isAbout(rule.people, people)) return false;
  const { targets, minimumSeverity } = rule;
  if (targets !== null && target !== null && !targets.some((pattern) => hostMatchesPattern(target, pattern)))
    return false;
  if (rule.tags && target !== null && !rule.tags.some((tag) => tags.includes(tag))) return false;
  return event !== "job.finished" || minimumSeverity === null || isSevereEnough(facts, minimumSeverity);
}

/** "at-once": a message for each notification. The others: one message for all since the last. */
export const digests = ["at-once", "hourly", "daily", "weekly"] as const;
export type Digest = (typeof digests)[number];

/** When a channel sends. Wall times are "HH:MM" in `zone` (IANA name). */
export interface ChannelTimes {
  readonly digest: Digest;
  /** Of daily and weekly digests; the weekly one leaves on Mondays. */
  readonly digestTime: string;
  /** Hours in which nothing is sent, every day; `to` before `from` runs past midnight. */
  readonly quietHours: { readonly from: string; readonly to: string } | null;
  readonly zone: string;
}

const dayMs = 86_400_000;

/** The first instant after `after` at which clocks of the zone show `time`, on a Monday when `isMonday`. */
function nextWallTime(after: number, time: string, zone: string, isMonday: boolean): number {
  const wall = wallTimeAt(new Date(after), zone);
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  for (let days = 0; ; days += 1) {
    const date = new Date(Date.UTC(wall.year, wall.month - 1, wall.day + days));
    if (isMonday && date.getUTCDay() !== 1) continue;
    const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
    const reading: WallTime = { year, month, day, hour, minute, second: 0, millisecond: 0 };
    const instant = instantOfWallTime(reading, zone).getTime();
    if (instant > after) return instant;
  }
}

/** The start of the next hour on clocks of the zone. */
function nextHour(after: number, zone: string): number {
  const { minute, second, millisecond } = wallTimeAt(new Date(after), zone);
  return after + 3_600_000 - minute * 60_000 - second * 1000 - millisecond;
}

function isQuiet(at: number, { from, to }: NonNullable<ChannelTimes["quietHours"]>, zone: string): boolean {
  const { time } = localTimeOf(new Date(at), zone);
  return from < to ? time >= from && time < to : from !== to && (time >= from || time < to);
}

/**
 * When a notification of the instant `at` is to be sent, in milliseconds. `isHeld`: together with the others that wait for the same
 * moment, as one message. Throws RangeError for an unknown zone.
 */
export function notificationDueAt(
  at: number,
  times: ChannelTimes,
): { readonly dueAt: number; readonly isHeld: boolean } {
  const { digest, digestTime, quietHours, zone } = times;
  const due = {
    "at-once": () => at,
    hourly: () => nextHour(at, zone),
    daily: () => nextWallTime(at, digestTime, zone, false),
    weekly: () => nextWallTime(at, digestTime, zone, true),
  }[digest]();
  if (quietHours === null || !isQuiet(due, quietHours, zone)) return { dueAt: due, isHeld: digest !== "at-once" };
  return { dueAt: Math.min(due + 2 * dayMs, nextWallTime(due, quietHours.to, zone, false)), isHeld: true };
}

const maxMailAddressLength = 254;
const maxLocalPartLength = 64;

/**
 * Whether the text is one mail address of letters, digits and the usual signs (RFC 5321, without quoted names, comments and
 * address literals): nothing in it can end a header or add a receiver.
 */
export function isMailAddress(text: string): boolean {
  if (text.length > maxMailAddressLength) return false;
  const at = text.lastIndexOf("@");
  const [name, domain] = [text.slice(0, at), text.slice(at + 1)];
  if (at < 1 || name.length > maxLocalPartLength) return false;
  const isName = name.split(".").every((part) => /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+$/.test(part));
  return isName && domain.split(".").every((label) => /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/.test(label));
}

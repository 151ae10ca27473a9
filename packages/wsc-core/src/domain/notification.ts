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
  "target.assigned",
] as const;
export type NotificationEvent = (typeof notificationEvents)[number];

/** Events about somebody by name, who may be told personally. */
export const personalEvents = [
  "verdict.mentioned",
  "verdict.assigned",
  "target.assigned",
  "verdict.returned",
  "verdict.expired",
] as const satisfies readonly NotificationEvent[];

/** Events of a target, of which its owner may be told personally. */
export const ownTargetEvents = [
  "job.finished",
  "job.failed",
  "submission.failed",
  "submission.review",
  "submission.missed",
  "signIn.failed",
  "schedule.paused",
  "report.expires",
] as const satisfies readonly NotificationEvent[];

/** Days before a report expires at which `report.expires` happens. */
export const expiryReminderDays = [30, 7] as const;

/** Findings of one kind in a report. Hostile text from the vendor's response. */
export interface NamedFindings {
  readonly item: string;
  readonly count: number | null;
}

/** Content of a notification. Never evidence, a credential or text of a scanned page. */
export interface NotificationFacts {
  readonly event: NotificationEvent;
  /** RFC 3339 in UTC. */
  readonly at: string;
  /** Host of the target; `null` if the event is not about a target. */
  readonly target: string | null;
  readonly instanceNo?: string;
  readonly submissionId?: string;
  readonly scheduleId?: string;
  /** The vendor's counts; `null` if not given. Not set while the report has not been read. */
  readonly counts?: { readonly total: number | null } & Readonly<Record<Severity, number | null>>;
  /** Changes since the report it is compared with. */
  readonly changes?: {
    readonly new: number;
    readonly remaining: number;
    readonly fixed: number;
    readonly notRetested: number;
  };
  /** For channels with `findingNames`. */
  readonly findings?: readonly NamedFindings[];
  /** The reason, as a code of the error catalogue. */
  readonly code?: string;
  readonly daysLeft?: number;
  /** RFC 3339 in UTC. */
  readonly expiresAt?: string;
  readonly used?: number;
  readonly limit?: number;
  /** Number of findings concerned. */
  readonly verdicts?: number;
  /** Number of targets concerned, if there are several; then `target` is `null`. */
  readonly targets?: number;
  /** Names of the people concerned, as typed by people. Hostile text. */
  readonly people?: readonly string[];
}

/** Selects the notifications of a channel. */
export interface ChannelRule {
  readonly events: readonly NotificationEvent[];
  /** Host patterns; `null` for every target. Notifications without a target pass. */
  readonly targets: readonly string[] | null;
  /** Only targets with one of these tags; not set or `null` for every target. Notifications without a target pass. */
  readonly tags?: readonly string[] | null;
  /** Only finished jobs with a finding at least this severe; `null` for every job. Unknown counts pass. */
  readonly minimumSeverity: Severity | null;
  /** Whether messages may name the kinds of findings. */
  readonly findingNames: boolean;
  /** Names, ignoring case; not set or `null` for everybody. Notifications about nobody pass. */
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

/** Returns whether a channel with this rule gets the notification. `tags`: tags of its target. */
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

/**
 * Returns whether a person with these names gets the notification: it is about the person, or about a target that the person
 * owns. `targetOwner`: the owner of its target.
 */
export function concernsPerson(
  rule: Pick<ChannelRule, "events" | "people">,
  { event, people = [] }: NotificationFacts,
  targetOwner: string | null,
): boolean {
  if (!rule.events.includes(event)) return false;
  const isPersonal = (personalEvents as readonly NotificationEvent[]).includes(event);
  const concerned = isPersonal ? people : targetOwner === null ? [] : [targetOwner];
  return isAbout(rule.people ?? [], concerned);
}

/** "at-once": one message per notification. Others: one message for all since the last. */
export const digests = ["at-once", "hourly", "daily", "weekly"] as const;
export type Digest = (typeof digests)[number];

/** When a channel sends. Wall times are "HH:MM" in `zone` (IANA name). */
export interface ChannelTimes {
  readonly digest: Digest;
  /** Time of daily and weekly digests; the weekly one is sent on Mondays. */
  readonly digestTime: string;
  /** Daily hours without messages; if `to` is before `from`, they run past midnight. */
  readonly quietHours: { readonly from: string; readonly to: string } | null;
  readonly zone: string;
}

const dayMs = 86_400_000;

/** Returns the first instant after `after` at which the wall time is `time`, on a Monday if `isMonday`. */
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

/** Returns the start of the next hour in the zone. */
function nextHour(after: number, zone: string): number {
  const { minute, second, millisecond } = wallTimeAt(new Date(after), zone);
  return after + 3_600_000 - minute * 60_000 - second * 1000 - millisecond;
}

function isQuiet(at: number, { from, to }: NonNullable<ChannelTimes["quietHours"]>, zone: string): boolean {
  const { time } = localTimeOf(new Date(at), zone);
  return from < to ? time >= from && time < to : from !== to && (time >= from || time < to);
}

/**
 * Returns when to send a notification of the instant `at`, in milliseconds. `isHeld`: combine it with the others due at that
 * moment into one message. Throws RangeError for an unknown zone.
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
 * Returns whether the text is one mail address of letters, digits and the usual characters (RFC 5321, without quoted names,
 * comments and address literals), so that it cannot end a header or add a recipient.
 */
export function isMailAddress(text: string): boolean {
  if (text.length > maxMailAddressLength) return false;
  const at = text.lastIndexOf("@");
  const [name, domain] = [text.slice(0, at), text.slice(at + 1)];
  if (at < 1 || name.length > maxLocalPartLength) return false;
  const isName = name.split(".").every((part) => /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+$/.test(part));
  return isName && domain.split(".").every((label) => /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/.test(label));
}

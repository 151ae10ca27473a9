import { randomUUID } from "node:crypto";
import {
  type ChannelRule,
  type ChannelTimes,
  isTimeZone,
  matchesChannelRule,
  type NamedFindings,
  type NotificationEvent,
  type NotificationFacts,
  notificationDueAt,
} from "@wsc-dashboard/wsc-core";
import type { Transaction } from "kysely";
import type { ChannelRow, Database } from "../database/schema.ts";

type Tx = Transaction<Database>;

const maxNamedFindings = 10;
const maxItemLength = 200;

/** An event as whoever learns of it describes it. */
export interface NotedEvent {
  readonly event: NotificationEvent;
  /** What tells it from all others of its kind: it is one notification, however often it is noted. */
  readonly subject: string;
  /** When it is noted, in milliseconds. */
  readonly at: number;
  /** When it happened, as far as that is known: channels made later are not told. `at` unless given. */
  readonly happenedAt?: number;
  readonly facts: Omit<NotificationFacts, "event" | "at">;
}

/** The vendor's words, bounded, and as both databases can keep them. */
function boundedFindings(findings: readonly NamedFindings[]): NamedFindings[] {
  return findings.slice(0, maxNamedFindings).map(({ item, count }) => ({
    item: item.toWellFormed().replaceAll("\0", "\ufffd").slice(0, maxItemLength).toWellFormed(),
    count,
  }));
}

/** When a channel sends what was noted at an instant; what a paused one gets waits for its resumption. */
export function queuedAt(channel: Pick<ChannelRow, "times" | "paused_because">, at: number) {
  const times = JSON.parse(channel.times) as ChannelTimes;
  // A zone that the platform no longer knows must not undo the event: then it is sent at once.
  const { dueAt, isHeld } = isTimeZone(times.zone) ? notificationDueAt(at, times) : { dueAt: at, isHeld: false };
  return { due_at: dueAt, is_held: isHeld || channel.paused_because !== null ? 1 : 0 };
}

/** The tags that people gave a target. */
async function tagsOf(tx: Tx, target: string | null): Promise<readonly string[]> {
  if (target === null) return [];
  const row = await tx.selectFrom("target_details").select("tags").where("host", "=", target).executeTakeFirst();
  return row === undefined ? [] : (JSON.parse(row.tags) as string[]);
}

/** Channels are few: each event reads all of them. */
async function matchingChannels(tx: Tx, facts: NotificationFacts, happenedAt: number): Promise<ChannelRow[]> {
  const channels = await tx.selectFrom("channel").selectAll().where("created_at", "<=", happenedAt).execute();
  if (channels.length === 0) return [];
  const tags = await tagsOf(tx, facts.target);
  return channels.filter(({ rule }) => matchesChannelRule(JSON.parse(rule) as ChannelRule, facts, tags));
}

const identityOf = ({ event, subject }: Pick<NotedEvent, "event" | "subject">): string => `${event}/${subject}`;
const identitiesPerQuery = 500;

/** Whether any channel is told of such events. */
export async function isWanted(tx: Tx, event: NotificationEvent): Promise<boolean> {
  const channels = await tx.selectFrom("channel").select("rule").execute();
  return channels.some(({ rule }) => (JSON.parse(rule) as ChannelRule).events.includes(event));
}

/** Those of many events for which there is no notification yet. */
export async function unrecorded(tx: Tx, events: readonly NotedEvent[]): Promise<NotedEvent[]> {
  const left: NotedEvent[] = [];
  for (let start = 0; start < events.length; start += identitiesPerQuery) {
    const part = events.slice(start, start + identitiesPerQuery);
    const rows = await tx
      .selectFrom("notification")
      .select("identity")
      .where("identity", "in", part.map(identityOf))
      .execute();
    const known = new Set(rows.map(({ identity }) => identity));
    left.push(...part.filter((event) => !known.has(identityOf(event))));
  }
  return left;
}

/**
 * Keeps a notification for every channel that wants it, in the transaction of the event: both are kept or neither is. Nothing is kept
 * when no channel wants it.
 */
export async function recordNotification(tx: Tx, noted: NotedEvent): Promise<void> {
  const { event, at, happenedAt = at, facts } = noted;
  const { findings = [], ...others } = facts;
  const all: NotificationFacts = { event, at: new Date(at).toISOString(), ...others };
  const channels = await matchingChannels(tx, all, happenedAt);
  if (channels.length === 0) return;
  const isNamed = findings.length > 0 && channels.some(({ rule }) => (JSON.parse(rule) as ChannelRule).findingNames);
  const kept = isNamed ? { ...all, findings: boundedFindings(findings) } : all;
  const id = randomUUID();
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto("notification")
    .values({ id, identity: identityOf(noted), facts: JSON.stringify(kept), created_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows !== 1n) return;
  await tx
    .insertInto("queued_notification")
    .values(
      channels.map((channel) => ({
        notification_id: id,
        channel_id: channel.id,
        ...queuedAt(channel, at),
        delivery_id: null,
      })),
    )
    .execute();
}

import { randomUUID } from "node:crypto";
import {
  type ChannelRule,
  type ChannelTimes,
  concernsPerson,
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

/** An event, as described by the code that detects it. */
export interface NotedEvent {
  readonly event: NotificationEvent;
  /** Unique among events of its kind: an event noted several times is one notification. */
  readonly subject: string;
  /** When it was noted, in milliseconds since the epoch. */
  readonly at: number;
  /** When it happened, if known; channels created later are not notified. Defaults to `at`. */
  readonly happenedAt?: number;
  /** Who caused it: own notifications do not report what a person did. */
  readonly actorId?: string | undefined;
  readonly facts: Omit<NotificationFacts, "event" | "at">;
}

/** The vendor's text, limited in length and without characters that a database rejects. */
function boundedFindings(findings: readonly NamedFindings[]): NamedFindings[] {
  return findings.slice(0, maxNamedFindings).map(({ item, count }) => ({
    item: item.toWellFormed().replaceAll("\0", "\ufffd").slice(0, maxItemLength).toWellFormed(),
    count,
  }));
}

/** When a channel sends a notification noted at an instant; at a paused channel it waits for resumption. */
export function queuedAt(channel: Pick<ChannelRow, "times" | "paused_because">, at: number) {
  const times = JSON.parse(channel.times) as ChannelTimes;
  // An unknown time zone must not fail the event's transaction; the notification is then sent at once.
  const { dueAt, isHeld } = isTimeZone(times.zone) ? notificationDueAt(at, times) : { dueAt: at, isHeld: false };
  return { due_at: dueAt, is_held: isHeld || channel.paused_because !== null ? 1 : 0 };
}

interface TargetFacts {
  readonly tags: readonly string[];
  readonly owner: string | null;
}

async function factsOf(tx: Tx, target: string | null): Promise<TargetFacts> {
  const row =
    target === null
      ? undefined
      : await tx.selectFrom("target_details").select(["tags", "owner"]).where("host", "=", target).executeTakeFirst();
  return row === undefined ? { tags: [], owner: null } : { tags: JSON.parse(row.tags) as string[], owner: row.owner };
}

/**
 * Channels that match the event. All channels of admins are read, because there are few; those of people only when somebody is
 * concerned by name.
 */
async function matchingChannels(
  tx: Tx,
  facts: NotificationFacts,
  { happenedAt, actorId }: { readonly happenedAt: number; readonly actorId: string | undefined },
): Promise<ChannelRow[]> {
  const { tags, owner } = await factsOf(tx, facts.target);
  let query = tx.selectFrom("channel").selectAll().where("created_at", "<=", happenedAt);
  if (owner === null && facts.people === undefined) query = query.where("owner_id", "is", null);
  return (await query.execute()).filter((channel) => {
    const rule = JSON.parse(channel.rule) as ChannelRule;
    if (channel.owner_id === null) return matchesChannelRule(rule, facts, tags);
    return channel.owner_id !== actorId && concernsPerson(rule, facts, owner);
  });
}

const identityOf = ({ event, subject }: Pick<NotedEvent, "event" | "subject">): string => `${event}/${subject}`;
const identitiesPerQuery = 500;

/** Whether any channel subscribes to such events. */
export async function isWanted(tx: Tx, event: NotificationEvent): Promise<boolean> {
  const channels = await tx.selectFrom("channel").select("rule").execute();
  return channels.some(({ rule }) => (JSON.parse(rule) as ChannelRule).events.includes(event));
}

/** The events without a notification so far. */
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
 * Stores a notification for each matching channel, in the transaction of the event, so that both are committed or neither. Stores
 * nothing when no channel matches.
 */
export async function recordNotification(tx: Tx, noted: NotedEvent): Promise<void> {
  const { event, at, happenedAt = at, actorId, facts } = noted;
  const { findings = [], ...others } = facts;
  const all: NotificationFacts = { event, at: new Date(at).toISOString(), ...others };
  const channels = await matchingChannels(tx, all, { happenedAt, actorId });
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

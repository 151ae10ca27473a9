import { type Channel, type ChannelRule, type ChannelTimes, WscError } from "@wsc-dashboard/wsc-core";
import type { Transaction } from "kysely";
import type { ChannelRow, Database } from "../database/schema.ts";
import { queuedAt } from "../notifications/record-notification.ts";

type Tx = Transaction<Database>;

const instant = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** What a channel does at present. `waiting`: number of its waiting notifications. */
export function stateOf(row: ChannelRow, waiting: number) {
  return {
    state: row.paused_because === null ? ("active" as const) : ("paused" as const),
    pausedBecause: row.paused_because,
    failures: row.failures,
    waiting,
    lastDeliveredAt: instant(row.delivered_at),
  };
}

export function channelOf(row: ChannelRow, waiting: number): Channel {
  const rule = JSON.parse(row.rule) as ChannelRule;
  const times = JSON.parse(row.times) as ChannelTimes;
  return {
    ...{ id: row.id, name: row.name, kind: row.kind, receiver: row.receiver, language: row.language },
    ...{ ...rule, events: [...rule.events], targets: rule.targets === null ? null : [...rule.targets] },
    tags: rule.tags ? [...rule.tags] : null,
    people: rule.people ? [...rule.people] : null,
    ...times,
    ...stateOf(row, waiting),
    owner: row.owner_id === null ? null : row.created_by,
    createdAt: new Date(row.created_at).toISOString(),
    createdBy: row.created_by,
  };
}

/** Number of waiting notifications per channel. */
export async function waitingCounts(tx: Tx): Promise<Map<string, number>> {
  const rows = await tx
    .selectFrom("queued_notification")
    .leftJoin("delivery", "delivery.id", "queued_notification.delivery_id")
    .select(["queued_notification.channel_id", (row) => row.fn.countAll().as("count")])
    .where((row) => row.or([row("queued_notification.delivery_id", "is", null), row("delivery.state", "=", "waiting")]))
    .groupBy("queued_notification.channel_id")
    .execute();
  return new Map(rows.map(({ channel_id, count }) => [channel_id, Number(count)]));
}

export const viewChannel = async (tx: Tx, row: ChannelRow): Promise<Channel> =>
  channelOf(row, (await waitingCounts(tx)).get(row.id) ?? 0);

/** Locks the row for the transaction and returns it. Throws CHANNEL_NOT_FOUND. */
export async function lockChannel(tx: Tx, id: string): Promise<ChannelRow> {
  const row = await tx
    .updateTable("channel")
    .set((column) => ({ version: column("version", "+", 1) }))
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) throw new WscError("CHANNEL_NOT_FOUND");
  return row;
}

export const changeChannel = (tx: Tx, id: string, columns: Partial<ChannelRow>): Promise<ChannelRow> =>
  tx.updateTable("channel").set(columns).where("id", "=", id).returningAll().executeTakeFirstOrThrow();

/** Reschedules notifications that are in no message yet, by the current times. They become one message. */
export async function requeue(tx: Tx, row: ChannelRow, at: number): Promise<void> {
  await tx
    .updateTable("queued_notification")
    .set({ ...queuedAt(row, at), is_held: 1 })
    .where("channel_id", "=", row.id)
    .where("delivery_id", "is", null)
    .execute();
}

/** Sends waiting messages again after a pause. */
async function requeueMessages(tx: Tx, row: ChannelRow, at: number): Promise<void> {
  await tx
    .updateTable("delivery")
    .set({ next_at: at })
    .where("channel_id", "=", row.id)
    .where("state", "=", "waiting")
    .execute();
}

/** Ends a pause: what waited is sent. Returns the row after it. */
export async function resumeChannel(tx: Tx, before: ChannelRow, at: number): Promise<ChannelRow> {
  const row = await changeChannel(tx, before.id, { paused_because: null, failures: 0, blocked_until: 0 });
  if (before.paused_because === null) return row;
  await requeue(tx, row, at);
  await requeueMessages(tx, row, at);
  return row;
}

/** Deletes a channel with what waits for it. */
export async function deleteChannel(tx: Tx, id: string): Promise<void> {
  for (const table of ["queued_notification", "delivery"] as const)
    await tx.deleteFrom(table).where("channel_id", "=", id).execute();
  await tx.deleteFrom("channel").where("id", "=", id).execute();
}

import { randomUUID } from "node:crypto";
import {
  type Channel,
  type ChannelChange,
  type ChannelRequest,
  type ChannelRule,
  type ChannelTimes,
  WscError,
} from "@wsc-dashboard/wsc-core";
import type { Transaction } from "kysely";
import type { AuditChain } from "../audit/audit-chain.ts";
import { type Actor, actedBy } from "../audit/audit-event.ts";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { KeyRing } from "../database/keys.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import type { ChannelRow, Database } from "../database/schema.ts";
import { queuedAt } from "../notifications/record-notification.ts";
import { appendChannelAct, pauseChannel } from "./pause-channel.ts";
import { readReceiver } from "./receiver-guard.ts";
import { createWebhookSecret, openChannel, sealChannel, withNewSecret } from "./sealed-channel.ts";

type Tx = Transaction<Database>;

const maxChannels = 100;

export interface Act {
  readonly user: Actor;
  readonly requestId: string;
}
const byOf = ({ user, requestId }: Act) => ({ ...actedBy(user), requestId });

const instant = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** The columns that a person sets. */
function settingColumns(request: ChannelChange) {
  const { name, events, targets, tags, minimumSeverity, findingNames, people } = request;
  const { digest, digestTime, quietHours, zone, language } = request;
  const rule: ChannelRule = { events: [...new Set(events)], targets, tags, minimumSeverity, findingNames, people };
  const times: ChannelTimes = { digest, digestTime, quietHours, zone };
  return { name, language, rule: JSON.stringify(rule), times: JSON.stringify(times) };
}

function channelOf(row: ChannelRow, waiting: number): Channel {
  const rule = JSON.parse(row.rule) as ChannelRule;
  const times = JSON.parse(row.times) as ChannelTimes;
  return {
    ...{ id: row.id, name: row.name, kind: row.kind, receiver: row.receiver, language: row.language },
    ...{ ...rule, events: [...rule.events], targets: rule.targets === null ? null : [...rule.targets] },
    tags: rule.tags ? [...rule.tags] : null,
    people: rule.people ? [...rule.people] : null,
    ...times,
    state: row.paused_because === null ? "active" : "paused",
    pausedBecause: row.paused_because,
    failures: row.failures,
    waiting,
    lastDeliveredAt: instant(row.delivered_at),
    createdAt: new Date(row.created_at).toISOString(),
    createdBy: row.created_by,
  };
}

/** Number of waiting notifications per channel. */
async function waitingCounts(tx: Tx): Promise<Map<string, number>> {
  const rows = await tx
    .selectFrom("queued_notification")
    .leftJoin("delivery", "delivery.id", "queued_notification.delivery_id")
    .select(["queued_notification.channel_id", (row) => row.fn.countAll().as("count")])
    .where((row) => row.or([row("queued_notification.delivery_id", "is", null), row("delivery.state", "=", "waiting")]))
    .groupBy("queued_notification.channel_id")
    .execute();
  return new Map(rows.map(({ channel_id, count }) => [channel_id, Number(count)]));
}

const view = async (tx: Tx, row: ChannelRow): Promise<Channel> =>
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

const changed = (tx: Tx, id: string, columns: Partial<ChannelRow>): Promise<ChannelRow> =>
  tx.updateTable("channel").set(columns).where("id", "=", id).returningAll().executeTakeFirstOrThrow();

/** Reschedules notifications that are in no message yet, by the current times. They become one message. */
async function requeue(tx: Tx, row: ChannelRow, at: number): Promise<void> {
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

export interface ChannelStoreParts {
  readonly database: OpenDatabase;
  readonly audit: AuditChain;
  readonly ring: KeyRing;
  readonly internalReceivers: readonly string[];
}

export type ChannelStore = ReturnType<typeof createChannelStore>;

/** Channels and the actions on them. Receivers and secrets are encrypted like target credentials. */
export function createChannelStore({ database, audit, ring, internalReceivers }: ChannelStoreParts) {
  const guarded = translateDatabaseErrors(database);
  const transact = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    guarded(() => database.db.transaction().execute(work));

  async function insert(tx: Tx, request: ChannelRequest, at: number, act: Act) {
    const { count } = await tx
      .selectFrom("channel")
      .select((row) => row.fn.countAll().as("count"))
      .executeTakeFirstOrThrow();
    if (Number(count) >= maxChannels) throw new WscError("CHANNELS_EXHAUSTED");
    const { kind } = request;
    const { receiver, shown } = readReceiver(kind, request.receiver, internalReceivers);
    const secret = kind === "webhook" ? createWebhookSecret() : null;
    const secrets = secret === null ? [] : [{ text: secret, until: null }];
    const id = randomUUID();
    const row = await tx
      .insertInto("channel")
      .values({
        ...{ id, kind, receiver: shown, sealed: sealChannel(ring, id, { receiver, secrets }) },
        ...{ ...settingColumns(request), paused_because: null, delivered_at: null },
        ...{ created_at: at, created_by: act.user.name },
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await appendChannelAct(tx, audit, row, "create", at, byOf(act));
    return { channel: await view(tx, row), secret };
  }

  return {
    list: (): Promise<Channel[]> =>
      transact(async (tx) => {
        const rows = await tx.selectFrom("channel").selectAll().orderBy("created_at").orderBy("id").execute();
        const waiting = await waitingCounts(tx);
        return rows.map((row) => channelOf(row, waiting.get(row.id) ?? 0));
      }),

    /**
     * Creates a channel. Returns the signing secret, which is shown only this once. Throws CHANNELS_EXHAUSTED and the errors of
     * the receiver check.
     */
    create: (request: ChannelRequest, at: number, act: Act) => transact((tx) => insert(tx, request, at, act)),

    /** Updates a channel. Throws CHANNEL_NOT_FOUND and the errors of the receiver check. */
    async update(id: string, request: ChannelChange, at: number, act: Act): Promise<Channel> {
      const channel = await transact(async (tx) => {
        const before = await lockChannel(tx, id);
        const read =
          request.receiver === undefined ? null : readReceiver(before.kind, request.receiver, internalReceivers);
        const sealed =
          read === null
            ? before.sealed
            : sealChannel(ring, id, { ...openChannel(ring, before), receiver: read.receiver });
        const columns = { ...settingColumns(request), sealed, receiver: read?.shown ?? before.receiver };
        const row = await changed(tx, id, { ...columns, ...(read === null ? {} : { failures: 0, blocked_until: 0 }) });
        if (row.times !== before.times) await requeue(tx, row, at);
        await appendChannelAct(tx, audit, row, "update", at, byOf(act), {
          receiver: read === null ? "kept" : "changed",
        });
        return view(tx, row);
      });
      if (request.receiver !== undefined) database.scrub();
      return channel;
    },

    async remove(id: string, at: number, act: Act): Promise<void> {
      await transact(async (tx) => {
        const row = await lockChannel(tx, id);
        for (const table of ["queued_notification", "delivery"] as const)
          await tx.deleteFrom(table).where("channel_id", "=", id).execute();
        await tx.deleteFrom("channel").where("id", "=", id).execute();
        await appendChannelAct(tx, audit, row, "remove", at, byOf(act));
      });
      database.scrub();
    },

    pause: (id: string, at: number, act: Act): Promise<Channel> =>
      transact(async (tx) => {
        const row = await lockChannel(tx, id);
        if (row.paused_because === null) await pauseChannel(tx, audit, row, "person", at, byOf(act));
        return view(tx, await changed(tx, id, { paused_because: row.paused_because ?? "person" }));
      }),

    /** Resumes a channel and sends the waiting notifications. Throws CHANNEL_NOT_FOUND. */
    resume: (id: string, at: number, act: Act): Promise<Channel> =>
      transact(async (tx) => {
        const before = await lockChannel(tx, id);
        const row = await changed(tx, id, { paused_because: null, failures: 0, blocked_until: 0 });
        if (before.paused_because !== null) {
          await requeue(tx, row, at);
          await requeueMessages(tx, row, at);
          await appendChannelAct(tx, audit, row, "resume", at, byOf(act));
        }
        return view(tx, row);
      }),

    /** Creates a new signing secret; the previous one signs as well for a day. Throws CHANNEL_UNSIGNED. */
    rotate: (id: string, at: number, act: Act): Promise<{ channel: Channel; secret: string }> =>
      transact(async (tx) => {
        const before = await lockChannel(tx, id);
        if (before.kind !== "webhook") throw new WscError("CHANNEL_UNSIGNED");
        const secret = createWebhookSecret();
        const sealed = sealChannel(ring, id, withNewSecret(openChannel(ring, before), secret, at));
        const row = await changed(tx, id, { sealed });
        await appendChannelAct(tx, audit, row, "rotate", at, byOf(act));
        return { channel: await view(tx, row), secret };
      }),
  };
}

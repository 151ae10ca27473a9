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
import type { Database } from "../database/schema.ts";
import {
  changeChannel,
  channelOf,
  deleteChannel,
  lockChannel,
  requeue,
  resumeChannel,
  viewChannel,
  waitingCounts,
} from "./channel-rows.ts";
import { appendChannelAct, pauseChannel } from "./pause-channel.ts";
import { readReceiver } from "./receiver-guard.ts";
import { createWebhookSecret, openChannel, sealChannel, withNewSecret } from "./sealed-channel.ts";

type Tx = Transaction<Database>;

const maxChannels = 100;

export interface Act {
  readonly user: Actor;
  readonly requestId: string;
}
export const byOf = ({ user, requestId }: Act) => ({ ...actedBy(user), requestId });

/** The columns that a person sets. */
function settingColumns(request: ChannelChange) {
  const { name, events, targets, tags, minimumSeverity, findingNames, people } = request;
  const { digest, digestTime, quietHours, zone, language } = request;
  const rule: ChannelRule = { events: [...new Set(events)], targets, tags, minimumSeverity, findingNames, people };
  const times: ChannelTimes = { digest, digestTime, quietHours, zone };
  return { name, language, rule: JSON.stringify(rule), times: JSON.stringify(times) };
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
      .where("owner_id", "is", null)
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
        ...{ id, owner_id: null, kind, receiver: shown, sealed: sealChannel(ring, id, { receiver, secrets }) },
        ...{ ...settingColumns(request), paused_because: null, delivered_at: null },
        ...{ created_at: at, created_by: act.user.name },
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await appendChannelAct(tx, audit, row, "channel.create", at, byOf(act));
    return { channel: await viewChannel(tx, row), secret };
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
        // What a person is told is decided by that person.
        if (before.owner_id !== null) throw new WscError("CHANNEL_NOT_FOUND");
        const read =
          request.receiver === undefined ? null : readReceiver(before.kind, request.receiver, internalReceivers);
        const sealed =
          read === null
            ? before.sealed
            : sealChannel(ring, id, { ...openChannel(ring, before), receiver: read.receiver });
        const columns = { ...settingColumns(request), sealed, receiver: read?.shown ?? before.receiver };
        const row = await changeChannel(tx, id, {
          ...columns,
          ...(read === null ? {} : { failures: 0, blocked_until: 0 }),
        });
        if (row.times !== before.times) await requeue(tx, row, at);
        await appendChannelAct(tx, audit, row, "channel.update", at, byOf(act), {
          receiver: read === null ? "kept" : "changed",
        });
        return viewChannel(tx, row);
      });
      if (request.receiver !== undefined) database.scrub();
      return channel;
    },

    async remove(id: string, at: number, act: Act): Promise<void> {
      await transact(async (tx) => {
        const row = await lockChannel(tx, id);
        await deleteChannel(tx, id);
        await appendChannelAct(tx, audit, row, "channel.remove", at, byOf(act));
      });
      database.scrub();
    },

    pause: (id: string, at: number, act: Act): Promise<Channel> =>
      transact(async (tx) => {
        const row = await lockChannel(tx, id);
        if (row.paused_because === null) await pauseChannel(tx, audit, row, "person", at, byOf(act));
        return viewChannel(tx, await changeChannel(tx, id, { paused_because: row.paused_because ?? "person" }));
      }),

    /** Resumes a channel and sends the waiting notifications. Throws CHANNEL_NOT_FOUND. */
    resume: (id: string, at: number, act: Act): Promise<Channel> =>
      transact(async (tx) => {
        const before = await lockChannel(tx, id);
        const row = await resumeChannel(tx, before, at);
        if (before.paused_because !== null) await appendChannelAct(tx, audit, row, "channel.resume", at, byOf(act));
        return viewChannel(tx, row);
      }),

    /** Creates a new signing secret; the previous one signs as well for a day. Throws CHANNEL_UNSIGNED. */
    rotate: (id: string, at: number, act: Act): Promise<{ channel: Channel; secret: string }> =>
      transact(async (tx) => {
        const before = await lockChannel(tx, id);
        if (before.kind !== "webhook") throw new WscError("CHANNEL_UNSIGNED");
        const secret = createWebhookSecret();
        const sealed = sealChannel(ring, id, withNewSecret(openChannel(ring, before), secret, at));
        const row = await changeChannel(tx, id, { sealed });
        await appendChannelAct(tx, audit, row, "channel.rotate", at, byOf(act));
        return { channel: await viewChannel(tx, row), secret };
      }),
  };
}

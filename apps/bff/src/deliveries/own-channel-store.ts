import { randomUUID } from "node:crypto";
import {
  type ChannelRule,
  type ChannelTimes,
  type OwnChannel,
  type OwnChannelRequest,
  type OwnEvent,
  WscError,
} from "@wsc-dashboard/wsc-core";
import type { Transaction } from "kysely";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { ChannelRow, Database } from "../database/schema.ts";
import {
  changeChannel,
  deleteChannel,
  lockChannel,
  requeue,
  resumeChannel,
  stateOf,
  waitingCounts,
} from "./channel-rows.ts";
import { type Act, byOf, type ChannelStoreParts } from "./channel-store.ts";
import { appendChannelAct } from "./pause-channel.ts";
import { readReceiver } from "./receiver-guard.ts";
import { openChannel, sealChannel } from "./sealed-channel.ts";

type Tx = Transaction<Database>;

/** Maximum number of people with notifications of their own. */
const maxPeople = 2_000;

function settingColumns({ names, events, digest, digestTime, quietHours, zone, language }: OwnChannelRequest) {
  const rule: ChannelRule = {
    ...{ events: [...new Set(events)], people: [...new Set(names)] },
    ...{ targets: null, minimumSeverity: null, findingNames: false },
  };
  const times: ChannelTimes = { digest, digestTime, quietHours, zone };
  return { language, rule: JSON.stringify(rule), times: JSON.stringify(times) };
}

async function viewOwn(tx: Tx, row: ChannelRow): Promise<OwnChannel> {
  const { events, people } = JSON.parse(row.rule) as ChannelRule;
  return {
    ...{ receiver: row.receiver, names: [...(people ?? [])], events: events as OwnEvent[], language: row.language },
    ...(JSON.parse(row.times) as ChannelTimes),
    ...stateOf(row, (await waitingCounts(tx)).get(row.id) ?? 0),
  };
}

export type OwnChannelStore = ReturnType<typeof createOwnChannelStore>;

/** People's own notifications: one channel per person, which only that person changes. Admins may pause or remove it. */
export function createOwnChannelStore({ database, audit, ring, internalReceivers }: ChannelStoreParts) {
  const guarded = translateDatabaseErrors(database);
  const transact = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    guarded(() => database.db.transaction().execute(work));

  const find = (tx: Tx, ownerId: string): Promise<ChannelRow | undefined> =>
    tx.selectFrom("channel").selectAll().where("owner_id", "=", ownerId).executeTakeFirst();

  /** Locks the person's row. Throws CHANNEL_NOT_FOUND. */
  async function lockOwn(tx: Tx, ownerId: string): Promise<ChannelRow> {
    const row = await find(tx, ownerId);
    if (row === undefined) throw new WscError("CHANNEL_NOT_FOUND");
    return lockChannel(tx, row.id);
  }

  /** Returns `undefined` when the person has a row already. */
  async function insert(
    tx: Tx,
    request: OwnChannelRequest,
    at: number,
    { user }: Act,
  ): Promise<ChannelRow | undefined> {
    const { count } = await tx
      .selectFrom("channel")
      .select((row) => row.fn.countAll().as("count"))
      .where("owner_id", "is not", null)
      .executeTakeFirstOrThrow();
    if (Number(count) >= maxPeople) throw new WscError("CHANNELS_EXHAUSTED");
    const id = randomUUID();
    const { receiver, shown } = readReceiver("email", request.receiver, internalReceivers);
    return tx
      .insertInto("channel")
      .values({
        ...{ id, owner_id: user.id, name: user.name, kind: "email", receiver: shown },
        ...{ ...settingColumns(request), sealed: sealChannel(ring, id, { receiver, secrets: [] }) },
        ...{ paused_because: null, delivered_at: null, created_at: at, created_by: user.name },
      })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
  }

  async function update(tx: Tx, request: OwnChannelRequest, at: number, { user }: Act): Promise<ChannelRow> {
    const before = await lockOwn(tx, user.id);
    const { receiver, shown } = readReceiver("email", request.receiver, internalReceivers);
    const columns = { ...settingColumns(request), name: user.name, created_by: user.name, receiver: shown };
    const isMoved = receiver !== openChannel(ring, before).receiver;
    const moved = isMoved ? { sealed: sealChannel(ring, before.id, { receiver, secrets: [] }) } : {};
    const row = await changeChannel(tx, before.id, { ...columns, ...moved });
    if (row.times !== before.times) await requeue(tx, row, at);
    // Another address may work where the previous one failed.
    return isMoved ? resumeChannel(tx, row, at) : row;
  }

  return {
    get: (ownerId: string): Promise<OwnChannel | null> =>
      transact(async (tx) => {
        const row = await find(tx, ownerId);
        return row === undefined ? null : viewOwn(tx, row);
      }),

    /** Creates or changes the channel of the acting person. Throws CHANNELS_EXHAUSTED and the errors of the receiver check. */
    async save(request: OwnChannelRequest, at: number, act: Act): Promise<OwnChannel> {
      const saved = await transact(async (tx) => {
        const hasRow = (await find(tx, act.user.id)) !== undefined;
        const row = (hasRow ? undefined : await insert(tx, request, at, act)) ?? (await update(tx, request, at, act));
        await appendChannelAct(tx, audit, row, "ownChannel.save", at, byOf(act));
        return viewOwn(tx, row);
      });
      database.scrub();
      return saved;
    },

    async remove(at: number, act: Act): Promise<void> {
      await transact(async (tx) => {
        const row = await lockOwn(tx, act.user.id);
        await deleteChannel(tx, row.id);
        await appendChannelAct(tx, audit, row, "ownChannel.remove", at, byOf(act));
      });
      database.scrub();
    },

    /** Sends again after a pause. Throws CHANNEL_NOT_FOUND. */
    resume: (at: number, act: Act): Promise<OwnChannel> =>
      transact(async (tx) => {
        const before = await lockOwn(tx, act.user.id);
        const row = await resumeChannel(tx, before, at);
        if (before.paused_because !== null) await appendChannelAct(tx, audit, row, "ownChannel.resume", at, byOf(act));
        return viewOwn(tx, row);
      }),

    /** The id of the person's channel. Throws CHANNEL_NOT_FOUND. */
    idOf: (ownerId: string): Promise<string> =>
      transact(async (tx) => {
        const row = await find(tx, ownerId);
        if (row === undefined) throw new WscError("CHANNEL_NOT_FOUND");
        return row.id;
      }),
  };
}

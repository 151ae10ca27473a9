import { randomUUID } from "node:crypto";
import type { Transaction } from "kysely";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import type { Database, DeliveryRow } from "../database/schema.ts";

type Tx = Transaction<Database>;

/** Maximum number of waiting messages per channel; the rest waits as notifications, so that a long outage keeps queries fast. */
const madeAhead = 10;
const channelsPerRound = 50;

/** A new message that is due at once. */
export function newDelivery(channelId: string, kind: DeliveryRow["kind"], notifications: number, at: number) {
  const state: DeliveryRow["state"] = "waiting";
  const times = { created_at: at, queued_at: at, next_at: at, lease_until: null, settled_at: null };
  return { id: randomUUID(), channel_id: channelId, kind, state, notifications, log: "[]", ...times };
}

/** Creates messages from due notifications: one for all held ones, and one for each of the others. Returns their number. */
async function composeChannel(tx: Tx, channelId: string, at: number): Promise<number> {
  // This row lock serializes concurrent composers.
  const { numUpdatedRows } = await tx
    .updateTable("channel")
    .set((row) => ({ version: row("version", "+", 1) }))
    .where("id", "=", channelId)
    .where("paused_because", "is", null)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) return 0;
  const { count } = await tx
    .selectFrom("delivery")
    .select((row) => row.fn.countAll().as("count"))
    .where("channel_id", "=", channelId)
    .where("state", "=", "waiting")
    .executeTakeFirstOrThrow();
  const room = madeAhead - Number(count);
  if (room <= 0) return 0;
  const due = () =>
    tx
      .selectFrom("queued_notification")
      .where("channel_id", "=", channelId)
      .where("delivery_id", "is", null)
      .where("due_at", "<=", at);
  const held = await due()
    .select((row) => row.fn.countAll().as("count"))
    .where("is_held", "=", 1)
    .executeTakeFirstOrThrow();
  const heldCount = Number(held.count);
  if (heldCount > 0) {
    const message = newDelivery(channelId, heldCount === 1 ? "event" : "digest", heldCount, at);
    await tx.insertInto("delivery").values(message).execute();
    const { numUpdatedRows: taken } = await tx
      .updateTable("queued_notification")
      .set({ delivery_id: message.id })
      .where("channel_id", "=", channelId)
      .where("delivery_id", "is", null)
      .where("due_at", "<=", at)
      .where("is_held", "=", 1)
      .executeTakeFirst();
    // More may have been committed since the count.
    if (Number(taken) !== heldCount) {
      const kind = taken === 1n ? "event" : "digest";
      await tx
        .updateTable("delivery")
        .set({ notifications: Number(taken), kind })
        .where("id", "=", message.id)
        .execute();
    }
  }
  const single = await due().select("notification_id").where("is_held", "=", 0).orderBy("due_at").limit(room).execute();
  for (const { notification_id } of single) {
    const message = newDelivery(channelId, "event", 1, at);
    await tx.insertInto("delivery").values(message).execute();
    await tx
      .updateTable("queued_notification")
      .set({ delivery_id: message.id })
      .where("notification_id", "=", notification_id)
      .where("channel_id", "=", channelId)
      .execute();
  }
  return single.length + (heldCount > 0 ? 1 : 0);
}

/** Creates messages from notifications when they are due. */
export function createDeliveryMaker(database: OpenDatabase) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);
  return {
    /** Creates messages from due notifications. Returns their number. */
    compose: (at: number): Promise<number> =>
      guarded(async () => {
        const channels = await db
          .selectFrom("channel")
          .select("id")
          .where("paused_because", "is", null)
          .where("blocked_until", "<=", at)
          .where((row) =>
            row.exists(
              row
                .selectFrom("queued_notification")
                .select("queued_notification.notification_id")
                .whereRef("queued_notification.channel_id", "=", "channel.id")
                .where("queued_notification.delivery_id", "is", null)
                .where("queued_notification.due_at", "<=", at),
            ),
          )
          .limit(channelsPerRound)
          .execute();
        let made = 0;
        for (const { id } of channels) made += await db.transaction().execute((tx) => composeChannel(tx, id, at));
        return made;
      }),
  };
}

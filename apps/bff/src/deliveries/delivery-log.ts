import { type Delivery, type DeliveryAttempt, type Page, pageOf, WscError } from "@wsc-dashboard/wsc-core";
import type { AuditChain } from "../audit/audit-chain.ts";
import { actedBy } from "../audit/audit-event.ts";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import type { DeliveryRow } from "../database/schema.ts";
import { lockChannel } from "./channel-rows.ts";
import { type Act, byOf } from "./channel-store.ts";
import { newDelivery } from "./compose-deliveries.ts";
import { appendChannelAct } from "./pause-channel.ts";

const instant = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

function deliveryOf(row: DeliveryRow): Delivery {
  return {
    ...{ id: row.id, channelId: row.channel_id, kind: row.kind, state: row.state, notifications: row.notifications },
    createdAt: new Date(row.created_at).toISOString(),
    nextAttemptAt: instant(row.next_at),
    deliveredAt: row.state === "delivered" ? instant(row.settled_at) : null,
    attempts: row.attempts,
    log: JSON.parse(row.log) as DeliveryAttempt[],
  };
}

export type DeliveryLog = ReturnType<typeof createDeliveryLog>;

/** Lists deliveries with their outcomes, and sends tests and replays. */
export function createDeliveryLog(database: OpenDatabase, audit: AuditChain) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);

  return {
    list: (channel: string | undefined, { page, limit }: Page) =>
      guarded(async () => {
        const all =
          channel === undefined
            ? db.selectFrom("delivery")
            : db.selectFrom("delivery").where("channel_id", "=", channel);
        const { total } = await all.select((row) => row.fn.countAll().as("total")).executeTakeFirstOrThrow();
        const rows = await all
          .selectAll()
          .orderBy("created_at", "desc")
          .orderBy("id")
          .limit(limit)
          .offset((page - 1) * limit)
          .execute();
        return { deliveries: rows.map(deliveryOf), ...pageOf({ page, limit }, Number(total)) };
      }),

    /** Queues a test message, due at once. Throws CHANNEL_NOT_FOUND or CHANNEL_PAUSED. */
    test: (
      channelId: string,
      at: number,
      act: Act,
      action: "channel.test" | "ownChannel.test" = "channel.test",
    ): Promise<Delivery> =>
      guarded(() =>
        db.transaction().execute(async (tx) => {
          const channel = await lockChannel(tx, channelId);
          if (channel.paused_because !== null) throw new WscError("CHANNEL_PAUSED");
          const row = await tx
            .insertInto("delivery")
            .values(newDelivery(channelId, "test", 0, at))
            .returningAll()
            .executeTakeFirstOrThrow();
          // Skips the channel's backoff, because a person waits for the result.
          await tx.updateTable("channel").set({ blocked_until: 0 }).where("id", "=", channelId).execute();
          await appendChannelAct(tx, audit, channel, action, at, byOf(act), { delivery: row.id });
          return deliveryOf(row);
        }),
      ),

    /** Sends a message again, with the same id; a waiting one is sent at once. Throws DELIVERY_NOT_FOUND or CHANNEL_PAUSED. */
    replay: (id: string, at: number, act: Act): Promise<Delivery> =>
      guarded(() =>
        db.transaction().execute(async (tx) => {
          const found = await tx.selectFrom("delivery").select("channel_id").where("id", "=", id).executeTakeFirst();
          if (found === undefined) throw new WscError("DELIVERY_NOT_FOUND");
          const channel = await lockChannel(tx, found.channel_id);
          if (channel.paused_because !== null) throw new WscError("CHANNEL_PAUSED");
          const row = await tx
            .updateTable("delivery")
            .set((column) => ({
              ...{ state: "waiting", queued_at: at, next_at: at, settled_at: null, attempts: 0 },
              // Fences off an attempt in progress.
              version: column("version", "+", 1),
              lease_until: null,
            }))
            .where("id", "=", id)
            .returningAll()
            .executeTakeFirstOrThrow();
          await tx.updateTable("channel").set({ blocked_until: 0 }).where("id", "=", channel.id).execute();
          await audit.append(tx, {
            ...actedBy(act.user),
            ...{ at, requestId: act.requestId, action: "delivery.replay", object: `delivery/${id}`, result: "done" },
            details: { channel: channel.id },
          });
          return deliveryOf(row);
        }),
      ),
  };
}

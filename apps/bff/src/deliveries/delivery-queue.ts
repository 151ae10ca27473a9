import type { NotificationFacts } from "@wsc-dashboard/wsc-core";
import { sql } from "kysely";
import type { AuditChain } from "../audit/audit-chain.ts";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import { createDeliveryMaker } from "./compose-deliveries.ts";
import { type Claim, createDeliveryResults } from "./delivery-results.ts";

/** Lease of a claim, in milliseconds; longer than an attempt may take. Afterwards another process takes over. */
const leaseMs = 60_000;
const dayMs = 86_400_000;
const endedKeptMs = 30 * dayMs;
/** A message that waits longer than this at a paused channel is deleted. */
const waitingKeptMs = 90 * dayMs;

/** The notifications in a message: the newest ones, and the total number. */
export interface DeliveryContent {
  readonly notifications: readonly NotificationFacts[];
  readonly total: number;
}

/** Claims of messages: one process at a time sends a message, and those of a dead process are taken over. */
function createClaims(database: OpenDatabase) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);
  return {
    /** Claims the next message, of a channel not in `busy`; `null` when there is none. */
    claim: (at: number, busy: readonly string[]): Promise<Claim | null> =>
      guarded(async () => {
        let query = db
          .selectFrom("delivery")
          .innerJoin("channel", "channel.id", "delivery.channel_id")
          .selectAll("delivery")
          .where("delivery.next_at", "<=", at)
          .where("delivery.state", "=", "waiting")
          .where((row) => row.or([row("lease_until", "is", null), row("lease_until", "<=", at)]))
          .where("channel.paused_because", "is", null)
          .where("channel.blocked_until", "<=", at)
          .orderBy("delivery.next_at")
          .limit(1);
        if (busy.length > 0) query = query.where("channel.id", "not in", busy);
        const next = await query.executeTakeFirst();
        if (next === undefined) return null;
        const delivery = await db
          .updateTable("delivery")
          .set({ version: next.version + 1, lease_until: at + leaseMs })
          .where("id", "=", next.id)
          .where("version", "=", next.version)
          .where("state", "=", "waiting")
          .returningAll()
          .executeTakeFirst();
        const channel = await db.selectFrom("channel").selectAll().where("id", "=", next.channel_id).executeTakeFirst();
        return delivery === undefined || channel === undefined ? null : { delivery, channel };
      }),

    /** Releases all claims, so that their messages are sent again. Only for the sole process on the database. */
    dropLeases: (): Promise<void> =>
      guarded(async () => {
        await db
          .updateTable("delivery")
          .set((row) => ({ lease_until: null, version: row("version", "+", 1) }))
          .where("lease_until", "is not", null)
          .execute();
      }),
  };
}

export type DeliveryQueue = ReturnType<typeof createDeliveryQueue>;

/** The queue of messages: created from notifications, claimed under a lease, and settled. */
export function createDeliveryQueue(database: OpenDatabase, audit: AuditChain, random: () => number = Math.random) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);
  return {
    ...createDeliveryMaker(database),
    ...createClaims(database),
    ...createDeliveryResults(database, audit, random),

    /** The content of a message: its newest notifications, at most `limit`, oldest first, and the total number. */
    content: (deliveryId: string, limit: number): Promise<DeliveryContent> =>
      guarded(async () => {
        const rows = await db
          .selectFrom("queued_notification")
          .innerJoin("notification", "notification.id", "queued_notification.notification_id")
          .select("notification.facts")
          .where("queued_notification.delivery_id", "=", deliveryId)
          .orderBy("notification.created_at", "desc")
          .orderBy("notification.id")
          .limit(limit)
          .execute();
        const { count } = await db
          .selectFrom("queued_notification")
          .select((row) => row.fn.countAll().as("count"))
          .where("delivery_id", "=", deliveryId)
          .executeTakeFirstOrThrow();
        const notifications = rows.map(({ facts }) => JSON.parse(facts) as NotificationFacts).reverse();
        return { notifications, total: Number(count) };
      }),

    /** Deletes old settled messages, and messages that have waited too long at a paused channel. */
    sweep: (at: number): Promise<void> =>
      guarded(() =>
        db.transaction().execute(async (tx) => {
          const [ended, waited] = [at - endedKeptMs, at - waitingKeptMs];
          await tx
            .deleteFrom("delivery")
            .where((row) => row.or([row("settled_at", "<=", ended), row("queued_at", "<=", waited)]))
            .execute();
          await sql`
          delete from queued_notification where
            (delivery_id is not null and delivery_id not in (select id from delivery))
            or channel_id not in (select id from channel)
            or (delivery_id is null and notification_id in (select id from notification where created_at <= ${waited}))`.execute(
            tx,
          );
          await sql`
          delete from notification where created_at <= ${ended}
            and id not in (select notification_id from queued_notification)`.execute(tx);
        }),
      ),
  };
}

import { type Kysely, sql } from "kysely";

/** Creates the tables of channels, notifications and deliveries. */
export async function createNotificationTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("channel")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("receiver", "text", (column) => column.notNull())
    .addColumn("sealed", "text", (column) => column.notNull())
    .addColumn("rule", "text", (column) => column.notNull())
    .addColumn("times", "text", (column) => column.notNull())
    .addColumn("language", "text", (column) => column.notNull())
    .addColumn("paused_because", "text")
    .addColumn("failures", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("blocked_until", "bigint", (column) => column.notNull().defaultTo(0))
    .addColumn("delivered_at", "bigint")
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("created_by", "text", (column) => column.notNull())
    .addColumn("version", "bigint", (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema
    .createTable("notification")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("identity", "text", (column) => column.notNull().unique())
    .addColumn("facts", "text", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema.createIndex("notification_created_at").on("notification").column("created_at").execute();
  await db.schema
    .createTable("delivery")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("channel_id", "text", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("notifications", "integer", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("next_at", "bigint")
    .addColumn("attempts", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("log", "text", (column) => column.notNull())
    .addColumn("version", "bigint", (column) => column.notNull().defaultTo(0))
    .addColumn("lease_until", "bigint")
    .addColumn("settled_at", "bigint")
    .execute();
  await db.schema.createIndex("delivery_next_at").on("delivery").column("next_at").execute();
  await db.schema
    .createIndex("delivery_channel")
    .on("delivery")
    .columns(["channel_id", "state", "created_at"])
    .execute();
  await db.schema.createIndex("delivery_created_at").on("delivery").column("created_at").execute();
  await db.schema
    .createTable("queued_notification")
    .addColumn("notification_id", "text", (column) => column.notNull())
    .addColumn("channel_id", "text", (column) => column.notNull())
    .addColumn("due_at", "bigint", (column) => column.notNull())
    .addColumn("is_held", "integer", (column) => column.notNull())
    .addColumn("delivery_id", "text")
    .addPrimaryKeyConstraint("queued_notification_key", ["notification_id", "channel_id"])
    .execute();
  await db.schema
    .createIndex("queued_notification_due")
    .on("queued_notification")
    .columns(["channel_id", "delivery_id", "due_at"])
    .execute();
  await db.schema.createIndex("queued_notification_delivery").on("queued_notification").column("delivery_id").execute();
}

/** Adds the instant since when a message waits, which a replay renews. */
export async function addQueuedAt(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable("delivery")
    .addColumn("queued_at", "bigint", (column) => column.notNull().defaultTo(0))
    .execute();
  await sql`update delivery set queued_at = created_at`.execute(db);
}

/** Adds the person to whom a channel belongs. */
export async function addChannelOwner(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("channel").addColumn("owner_id", "text").execute();
  await db.schema.createIndex("channel_owner").on("channel").column("owner_id").unique().execute();
}

import { type Kysely, sql } from "kysely";

async function createSubmissions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("submission")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("token", "text", (column) => column.notNull().unique())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("owner_id", "text", (column) => column.notNull())
    .addColumn("owner_name", "text", (column) => column.notNull())
    .addColumn("request", "text", (column) => column.notNull())
    .addColumn("target", "text", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("due_at", "bigint", (column) => column.notNull())
    .addColumn("next_at", "bigint")
    .addColumn("fence", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("lease_owner", "text")
    .addColumn("lease_until", "bigint")
    .addColumn("attempts", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("signed_at", "bigint")
    .addColumn("searches", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("absences", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("last_absence_at", "bigint")
    .addColumn("proven_absent", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("instance_no", "text")
    .addColumn("reason", "text")
    .addColumn("settled_at", "bigint")
    .execute();
  await db.schema.createIndex("submission_next").on("submission").columns(["state", "next_at"]).execute();
  await db.schema.createIndex("submission_target").on("submission").columns(["target", "state"]).execute();
  await db.schema
    .createTable("attempt")
    .addColumn("submission_id", "text", (column) => column.notNull())
    .addColumn("number", "integer", (column) => column.notNull())
    .addColumn("signed_at", "bigint", (column) => column.notNull())
    .addColumn("code", "text")
    .addPrimaryKeyConstraint("attempt_key", ["submission_id", "number"])
    .execute();
}

async function createIdempotency(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("idempotency")
    .addColumn("scope", "text", (column) => column.primaryKey())
    .addColumn("fingerprint", "text", (column) => column.notNull())
    .addColumn("status", "integer")
    .addColumn("body", "text")
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .execute();
}

async function createSendLockAndBudget(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("gate")
    .addColumn("name", "text", (column) => column.primaryKey())
    .addColumn("holder", "text")
    .addColumn("held_until", "bigint", (column) => column.notNull())
    .addColumn("closed_until", "bigint", (column) => column.notNull())
    .addColumn("code", "text")
    .execute();
  await sql`insert into gate (name, holder, held_until, closed_until, code) values ('createJob', null, 0, 0, null)`.execute(
    db,
  );
  await db.schema
    .createTable("booking")
    .addColumn("submission_id", "text", (column) => column.primaryKey())
    .addColumn("owner_id", "text", (column) => column.notNull())
    .addColumn("booked_at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema.createIndex("booking_time").on("booking").columns(["booked_at"]).execute();
}

async function createAudit(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("audit")
    .addColumn("seq", "bigint", (column) => column.primaryKey())
    .addColumn("key_name", "text", (column) => column.notNull())
    .addColumn("entry", "text", (column) => column.notNull())
    .addColumn("hash", "text", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("audit_head")
    .addColumn("seq", "bigint", (column) => column.notNull())
    .addColumn("hash", "text")
    .addColumn("key_name", "text")
    .addColumn("mark", "text")
    .execute();
  await sql`insert into audit_head (seq) values (0)`.execute(db);
}

async function createSecrets(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("sign_in")
    .addColumn("submission_id", "text", (column) => column.primaryKey())
    .addColumn("sealed", "text", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("key")
    .addColumn("name", "text", (column) => column.primaryKey())
    .addColumn("sealed", "text", (column) => column.notNull())
    .execute();
}

/** The tables of the first released version. */
export async function createFirstTables(db: Kysely<unknown>): Promise<void> {
  await createSubmissions(db);
  await createIdempotency(db);
  await createSendLockAndBudget(db);
  await createAudit(db);
  await createSecrets(db);
}

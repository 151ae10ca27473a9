import { type Kysely, sql } from "kysely";

/** Creates the table of the issue URL template, with its one row. */
export async function createIssueTemplateTable(db: Kysely<unknown>): Promise<void> {
  await db.schema.createTable("issue_template").addColumn("template", "text").execute();
  await sql`insert into issue_template (template) values (null)`.execute(db);
}

/** Creates the tables of verdicts and their history. */
export async function createVerdictTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("verdict")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("target", "text")
    .addColumn("fingerprint", "text")
    .addColumn("verdict", "text", (column) => column.notNull())
    .addColumn("reason", "text")
    .addColumn("owner", "text")
    .addColumn("due", "text")
    .addColumn("until_day", "text")
    .addColumn("ends_at", "bigint")
    .addColumn("issue_url", "text")
    .addColumn("decided_at", "bigint", (column) => column.notNull())
    .addColumn("decided_by", "text", (column) => column.notNull())
    .addColumn("decided_name", "text", (column) => column.notNull())
    .addColumn("seen_at", "bigint")
    .addColumn("seen_job", "text")
    .addColumn("absent_at", "bigint")
    .addColumn("absent_job", "text")
    .addColumn("severity", "text")
    .addColumn("seen_total", "integer", (column) => column.notNull())
    .addColumn("seen_high", "integer", (column) => column.notNull())
    .addColumn("seen_medium", "integer", (column) => column.notNull())
    .addColumn("seen_low", "integer", (column) => column.notNull())
    .addColumn("noted_cause", "text")
    .addColumn("notes", "integer", (column) => column.notNull())
    .addColumn("events", "integer", (column) => column.notNull())
    .addColumn("readable_until", "bigint", (column) => column.notNull())
    .addColumn("updated_at", "bigint", (column) => column.notNull())
    .addColumn("version", "integer", (column) => column.notNull())
    .execute();
  await db.schema.createIndex("verdict_target").on("verdict").columns(["target", "updated_at", "id"]).execute();
  await db.schema.createIndex("verdict_readable").on("verdict").columns(["target", "readable_until"]).execute();
  await db.schema.createIndex("verdict_end").on("verdict").columns(["ends_at"]).execute();
  await db.schema
    .createTable("verdict_event")
    .addColumn("verdict_id", "text", (column) => column.notNull())
    .addColumn("seq", "integer", (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("actor", "text")
    .addColumn("name", "text")
    .addColumn("instance_no", "text")
    .addColumn("content", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("verdict_event_key", ["verdict_id", "seq"])
    .execute();
  await db.schema.alterTable("job_summary").addColumn("next_observe_at", "bigint").execute();
  await db.schema.createIndex("job_summary_observe").on("job_summary").columns(["next_observe_at"]).execute();
}

import { randomUUID } from "node:crypto";
import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";
import { addAuditSearch } from "./audit-search.ts";
import { createFirstTables } from "./first-tables.ts";
import { addChannelOwner, addQueuedAt, createNotificationTables } from "./notification-tables.ts";
import { createTargetDetailTable } from "./target-detail-tables.ts";
import { createIssueTemplateTable, createVerdictTables } from "./verdict-tables.ts";
import { createViewTables } from "./view-tables.ts";

/** Forward-only migrations. A released one is never changed; its name says what it added. */
export const migrations: Readonly<Record<string, Migration>> = {
  "0001_submissions": { up: createFirstTables },
  "0002_schedules": {
    async up(db: Kysely<unknown>): Promise<void> {
      for (const column of ["schedule_id", "collision", "blackout", "local_time", "zone"]) {
        await db.schema.alterTable("submission").addColumn(column, "text").execute();
      }
      // At most one submission per run, whichever process creates it.
      await db.schema
        .createIndex("submission_run")
        .unique()
        .on("submission")
        .columns(["schedule_id", "due_at"])
        .execute();
      await db.schema
        .createTable("schedule")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("owner_id", "text", (column) => column.notNull())
        .addColumn("owner_name", "text", (column) => column.notNull())
        .addColumn("request", "text", (column) => column.notNull())
        .addColumn("sign_in_kind", "text", (column) => column.notNull())
        .addColumn("rule", "text", (column) => column.notNull())
        .addColumn("collision", "text", (column) => column.notNull())
        .addColumn("blackout", "text", (column) => column.notNull())
        .addColumn("paused_by", "text")
        .addColumn("next_at", "bigint")
        .addColumn("created_at", "bigint", (column) => column.notNull())
        .addColumn("resumed_at", "bigint", (column) => column.notNull())
        .execute();
      await db.schema.createIndex("schedule_next").on("schedule").columns(["next_at"]).execute();
      await db.schema
        .createTable("schedule_sign_in")
        .addColumn("schedule_id", "text", (column) => column.primaryKey())
        .addColumn("sealed", "text", (column) => column.notNull())
        .execute();
    },
  },
  "0003_resend_gate": {
    async up(db: Kysely<unknown>): Promise<void> {
      await sql`insert into gate (name, holder, held_until, closed_until, code) values ('resend', null, 0, 0, null)`.execute(
        db,
      );
    },
  },
  "0004_audit_search": { up: addAuditSearch },
  "0005_drafts": {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable("draft")
        .addColumn("owner_id", "text", (column) => column.primaryKey())
        .addColumn("content", "text", (column) => column.notNull())
        .addColumn("saved_at", "bigint", (column) => column.notNull())
        .execute();
    },
  },
  "0006_ownership": {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable("ownership")
        .addColumn("target", "text", (column) => column.primaryKey())
        .addColumn("token", "text", (column) => column.notNull())
        .addColumn("issued_at", "bigint", (column) => column.notNull())
        .execute();
    },
  },
  "0007_previews": {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable("preview")
        .addColumn("owner_id", "text", (column) => column.notNull())
        .addColumn("content_hash", "text", (column) => column.notNull())
        .addColumn("token", "text", (column) => column.notNull())
        .addColumn("created_at", "bigint", (column) => column.notNull())
        .addPrimaryKeyConstraint("preview_key", ["owner_id", "content_hash"])
        .execute();
    },
  },
  "0008_rescans": {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema.alterTable("submission").addColumn("rescan_of", "text").execute();
      await db.schema.createIndex("submission_rescan").on("submission").columns(["rescan_of"]).execute();
      await db.schema.createIndex("submission_instance").on("submission").columns(["instance_no"]).execute();
    },
  },
  "0009_sessions": {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable("session")
        .addColumn("id_hash", "text", (column) => column.primaryKey())
        .addColumn("user_id", "text", (column) => column.notNull())
        .addColumn("sid", "text")
        .addColumn("name", "text", (column) => column.notNull())
        .addColumn("groups", "text", (column) => column.notNull())
        .addColumn("sealed", "text", (column) => column.notNull())
        .addColumn("created_at", "bigint", (column) => column.notNull())
        .addColumn("seen_at", "bigint", (column) => column.notNull())
        .addColumn("checked_at", "bigint", (column) => column.notNull())
        .addColumn("ends_at", "bigint", (column) => column.notNull())
        .execute();
      await db.schema.createIndex("session_user").on("session").columns(["user_id"]).execute();
      await db.schema
        .createTable("used_token")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("until", "bigint", (column) => column.notNull())
        .execute();
    },
  },
  "0010_session_checks": {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .alterTable("session")
        .addColumn("checking_until", "bigint", (column) => column.notNull().defaultTo(0))
        .execute();
    },
  },
  "0011_withdrawn_runs": {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema.alterTable("submission").renameColumn("fence", "version").execute();
      await db.schema.alterTable("submission").addColumn("withdrawn_at", "bigint").execute();
      // Unsettled runs of schedules that were already deleted.
      await sql`
        update submission set withdrawn_at = created_at
        where schedule_id is not null and settled_at is null and schedule_id not in (select id from schedule)
      `.execute(db);
    },
  },
  "0012_database_identity": {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable("database_identity")
        .addColumn("id", "text", (column) => column.notNull())
        .addColumn("writes", "bigint", (column) => column.notNull().defaultTo(0))
        .execute();
      await sql`insert into database_identity (id) values (${randomUUID()})`.execute(db);
    },
  },
  "0013_gateway_facts": {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable("gateway_fact")
        .addColumn("name", "text", (column) => column.primaryKey())
        .addColumn("state", "text", (column) => column.notNull())
        .addColumn("value", "text")
        .addColumn("measure", "bigint")
        .addColumn("observed_at", "bigint", (column) => column.notNull())
        .execute();
      await db.schema
        .alterTable("submission")
        .addColumn("unproven", "bigint", (column) => column.notNull().defaultTo(0))
        .execute();
      await db.schema.alterTable("submission").addColumn("hint", "text").execute();
      // The earlier state of the resend gate becomes a gateway fact.
      await sql`
        insert into gateway_fact (name, state, value, measure, observed_at)
        select 'memo-kept', 'refuted', 'cut', null, 0 from gate where name = 'resend' and code is not null
      `.execute(db);
    },
  },
  "0014_growth": {
    async up(db: Kysely<unknown>): Promise<void> {
      const index = (table: string, column: string) =>
        db.schema.createIndex(`${table}_${column}`).on(table).column(column).execute();
      await index("submission", "settled_at");
      await index("schedule", "created_at");
      await index("idempotency", "created_at");
      await index("draft", "saved_at");
      await index("preview", "created_at");
      await index("session", "ends_at");
      await index("used_token", "until");
    },
  },
  "0015_gateway_facts": {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema.alterTable("gateway_fact").addColumn("source", "text").execute();
      await db.schema.alterTable("gateway_fact").addColumn("earlier", "text").execute();
      // Until now facts came only from jobs of this dashboard.
      await sql`update gateway_fact set source = 'job'`.execute(db);
    },
  },
  "0016_send_lock": {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema.alterTable("gate").renameTo("send_lock").execute();
    },
  },
  "0017_report_counts": {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable("job_summary")
        .addColumn("instance_no", "text", (column) => column.primaryKey())
        .addColumn("target", "text", (column) => column.notNull())
        .addColumn("start_url", "text", (column) => column.notNull())
        .addColumn("phase", "text", (column) => column.notNull())
        .addColumn("status_text", "text", (column) => column.notNull())
        .addColumn("started_at", "bigint")
        .addColumn("ended_at", "bigint")
        .addColumn("expires_at", "bigint")
        .addColumn("crawl_count", "bigint")
        .addColumn("has_report", "integer", (column) => column.notNull())
        .addColumn("may_rescan", "integer", (column) => column.notNull())
        .addColumn("seen_at", "bigint", (column) => column.notNull())
        .addColumn("next_read_at", "bigint")
        .addColumn("failures", "integer", (column) => column.notNull().defaultTo(0))
        .addColumn("failure_code", "text")
        .addColumn("read_at", "bigint")
        .addColumn("total", "bigint")
        .addColumn("high", "bigint")
        .addColumn("medium", "bigint")
        .addColumn("low", "bigint")
        .addColumn("settings", "text")
        .addColumn("partner", "text")
        .addColumn("not_comparable", "text")
        .addColumn("next_compare_at", "bigint")
        .addColumn("compared", "text")
        .execute();
      await db.schema
        .createIndex("job_summary_target")
        .on("job_summary")
        .columns(["target", "ended_at", "started_at"])
        .execute();
      await db.schema.createIndex("job_summary_read").on("job_summary").columns(["next_read_at"]).execute();
      await db.schema.createIndex("job_summary_compare").on("job_summary").columns(["next_compare_at"]).execute();
      await db.schema.createIndex("job_summary_expiry").on("job_summary").columns(["expires_at"]).execute();
      await db.schema
        .createTable("background_reading")
        .addColumn("holder", "text")
        .addColumn("held_until", "bigint", (column) => column.notNull())
        .addColumn("list_read_at", "bigint")
        .addColumn("is_list_complete", "integer", (column) => column.notNull())
        .addColumn("failure_code", "text")
        .addColumn("failed_at", "bigint")
        .execute();
      await sql`insert into background_reading (held_until, is_list_complete) values (0, 0)`.execute(db);
    },
  },
  "0018_service_tokens": {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable("service_token")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("text_hash", "text", (column) => column.notNull().unique())
        .addColumn("name", "text", (column) => column.notNull())
        .addColumn("role", "text", (column) => column.notNull())
        .addColumn("targets", "text")
        .addColumn("created_at", "bigint", (column) => column.notNull())
        .addColumn("created_by", "text", (column) => column.notNull())
        .addColumn("expires_at", "bigint", (column) => column.notNull())
        .addColumn("last_used_at", "bigint")
        .addColumn("revoked_at", "bigint")
        .execute();
      await db.schema.createIndex("service_token_expires_at").on("service_token").column("expires_at").execute();
    },
  },
  "0019_verdicts": { up: createVerdictTables },
  "0020_listed_jobs": {
    async up(db: Kysely<unknown>): Promise<void> {
      const add = (name: string) =>
        db.schema.alterTable("job_summary").addColumn(name, "integer", (column) => column.notNull().defaultTo(0));
      await db.schema
        .alterTable("job_summary")
        .addColumn("memo", "text", (column) => column.notNull().defaultTo(""))
        .execute();
      for (const name of ["status_code", "progress", "finding_count"]) {
        await db.schema.alterTable("job_summary").addColumn(name, "bigint").execute();
      }
      for (const name of ["may_cancel", "may_stop", "has_cause"]) await add(name).execute();
      await db.schema
        .createIndex("submission_owner")
        .on("submission")
        .columns(["owner_id", "state", "instance_no"])
        .execute();
    },
  },
  "0021_issue_template": { up: createIssueTemplateTable },
  "0022_notifications": { up: createNotificationTables },
  "0023_target_details": { up: createTargetDetailTable },
  "0024_views": { up: createViewTables },
  "0025_submission_calls": {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .alterTable("submission")
        .addColumn("calls", "integer", (column) => column.notNull().defaultTo(0))
        .execute();
      await sql`update submission set calls = attempts`.execute(db);
    },
  },
  "0026_delivery_queued_at": { up: addQueuedAt },
  "0027_own_channels": { up: addChannelOwner },
};

import type { Kysely } from "kysely";

/** Creates the table of target details. */
export async function createTargetDetailTable(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("target_details")
    .addColumn("host", "text", (column) => column.primaryKey())
    .addColumn("tags", "text", (column) => column.notNull())
    .addColumn("owner", "text")
    .addColumn("service", "text")
    .addColumn("note", "text")
    .addColumn("updated_at", "bigint", (column) => column.notNull())
    .addColumn("updated_by", "text", (column) => column.notNull())
    .addColumn("version", "integer", (column) => column.notNull())
    .execute();
}

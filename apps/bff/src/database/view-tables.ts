import type { Kysely } from "kysely";

/** Creates the tables of saved views and default views. */
export async function createViewTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("saved_view")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("list", "text", (column) => column.notNull())
    .addColumn("owner_id", "text", (column) => column.notNull())
    .addColumn("owner_name", "text", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("search", "text", (column) => column.notNull())
    .addColumn("is_shared", "integer", (column) => column.notNull())
    .addColumn("updated_at", "bigint", (column) => column.notNull())
    .addColumn("version", "integer", (column) => column.notNull())
    .execute();
  await db.schema.createIndex("saved_view_owner").on("saved_view").columns(["owner_id", "list"]).execute();
  await db.schema.createIndex("saved_view_shared").on("saved_view").columns(["is_shared", "list"]).execute();
  await db.schema
    .createTable("default_view")
    .addColumn("owner_id", "text", (column) => column.notNull())
    .addColumn("list", "text", (column) => column.notNull())
    .addColumn("view_id", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("default_view_key", ["owner_id", "list"])
    .execute();
  await db.schema.createIndex("default_view_view").on("default_view").columns(["view_id"]).execute();
}

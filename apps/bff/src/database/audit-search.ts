import { type Kysely, PostgresAdapter, sql } from "kysely";

/** Searchable properties of an entry: the column name, which is also the JSON key in the signed text. */
const searched = ["actor", "action", "object", "target", "result"] as const;

/**
 * Adds columns that the database generates from the signed text, so that they cannot differ from it. Each has an index in display
 * order, so that a page costs the same at any depth.
 */
export async function addAuditSearch(db: Kysely<unknown>): Promise<void> {
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  const part = (name: string) =>
    isPostgres ? sql`(entry::json ->> ${sql.lit(name)})` : sql`json_extract(entry, ${sql.lit(`$.${name}`)})`;
  const stored = sql.raw(isPostgres ? "stored" : "virtual");
  const instant = isPostgres ? sql`(${part("at")}::bigint)` : part("at");
  await sql`alter table audit add column at bigint generated always as (${instant}) ${stored}`.execute(db);
  for (const name of searched) {
    await sql`alter table audit add column ${sql.ref(name)} text generated always as (${part(name)}) ${stored}`.execute(
      db,
    );
  }
  await db.schema.createIndex("audit_at").on("audit").columns(["at", "seq"]).execute();
  for (const name of searched) {
    await db.schema.createIndex(`audit_${name}`).on("audit").columns([name, "at", "seq"]).execute();
  }
}

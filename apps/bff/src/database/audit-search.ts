import { type Kysely, PostgresAdapter, sql } from "kysely";

/** What entries are searched by, and where it stands in the signed text of an entry. */
const searched = ["actor", "action", "object", "target", "result"] as const;

/**
 * Columns that the database itself reads off the signed text, so that they cannot say anything else than it; each with an
 * index that also gives the order, so that a page costs the same whatever lies behind it.
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

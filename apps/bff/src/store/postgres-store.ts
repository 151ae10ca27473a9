import { CompiledQuery, Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import type { Database } from "./schema.ts";
import {
  codeOf,
  migrate,
  type OpenStore,
  refuse,
  refuseOtherVersion,
  type Store,
  StoreRefusal,
  touch,
} from "./store.ts";

// Counts and instants stay below 2^53.
const bigintType = 20;
pg.types.setTypeParser(bigintType, Number);

function connectPostgres(url: string): Store {
  let pool: pg.Pool;
  try {
    pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 5000, keepAlive: true });
  } catch {
    // The error would quote the address and the password in it.
    refuse("the address of PostgreSQL is not well formed");
  }
  pool.on("error", () => {});
  // A connection that is lost while it is in use says so by the failing query; unheard, the event would end the process.
  pool.on("connect", (client) => client.on("error", () => {}));
  return new Kysely<Database>({
    dialect: new PostgresDialect({
      pool,
      // A replica that sleeps in the middle of a change must not hold the others up for ever.
      onCreateConnection: async (connection) => {
        await connection.executeQuery(
          CompiledQuery.raw("set statement_timeout = '20s'; set idle_in_transaction_session_timeout = '20s'"),
        );
      },
    }),
  });
}

function postgresRefusal(error: unknown): StoreRefusal {
  if (error instanceof StoreRefusal) return error;
  const code = codeOf(error);
  const readOnly = "25006";
  if (code === readOnly) return new StoreRefusal("PostgreSQL cannot be written to: it is a standby or read-only");
  // The message of the driver may quote the connection string.
  return new StoreRefusal(`PostgreSQL cannot be used (${code || "connection failed"})`);
}

/** The store in PostgreSQL. Throws StoreRefusal when it cannot be reached, would lose commits, is read-only or is newer. */
export async function openPostgresStore(url: string): Promise<OpenStore> {
  const db = connectPostgres(url);
  try {
    const settings = await sql<{ name: string; setting: string }>`
      select name, setting from pg_settings
      where name in ('fsync', 'synchronous_commit', 'full_page_writes') order by name`.execute(db);
    const off = settings.rows.filter(({ setting }) => setting === "off").map(({ name }) => name);
    if (off.length > 0)
      refuse(`PostgreSQL runs with ${off.join(" and ")} off: a paid call could leave without a record`);
    await migrate(db);
    await touch(db);
  } catch (error) {
    await db.destroy();
    throw postgresRefusal(error);
  }
  return {
    db,
    kind: "postgres",
    isSoleProcess: false,
    scrub: () => {},
    finishScrub: () => {},
    hasRoom: () => true,
    close: () => db.destroy(),
  };
}

/** For the command line: changes nothing, the schema neither. Throws StoreRefusal. */
export async function openPostgresReader(url: string): Promise<Pick<OpenStore, "db" | "close">> {
  const db = connectPostgres(url);
  try {
    await refuseOtherVersion(db);
    return { db, close: () => db.destroy() };
  } catch (error) {
    await db.destroy();
    throw postgresRefusal(error);
  }
}

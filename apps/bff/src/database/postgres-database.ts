import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import {
  codeOf,
  type DatabaseClient,
  DatabaseRefusal,
  migrate,
  type OpenDatabase,
  readIdentity,
  refuse,
  refuseOtherVersion,
  touch,
} from "./database.ts";
import { withDatabaseTimeLimit } from "./database-time-limit.ts";
import { readKnownDatabase, refuseOtherDatabase, rememberDatabase } from "./known-database.ts";
import { type CheckedPool, createPostgresPool, readOnlyCode } from "./postgres-pool.ts";
import type { Database } from "./schema.ts";

// Parses bigint as a number: counts and instants stay below 2^53.
const bigintType = 20;
pg.types.setTypeParser(bigintType, Number);

function connectPostgres(url: string): { readonly db: DatabaseClient; readonly pool: CheckedPool } {
  let pool: CheckedPool;
  try {
    pool = createPostgresPool(url);
  } catch {
    // The original error quotes the address with its password.
    refuse("the address of PostgreSQL is not well formed", "address");
  }
  return { db: new Kysely<Database>({ dialect: new PostgresDialect({ pool }) }), pool };
}

/** Identity of the database; `null` when it is empty or of a version without an identity. */
async function findIdentity(db: DatabaseClient): Promise<string | null> {
  const { rows } = await sql<{ name: string | null }>`select to_regclass('database_identity') as name`.execute(db);
  return rows[0]?.name == null ? null : readIdentity(db);
}

/** A directory that is not writable does not prevent the start; then the next start accepts any database. */
function tryToRemember(directory: string, identity: string): void {
  try {
    rememberDatabase(directory, identity);
  } catch {}
}

function postgresRefusal(error: unknown): DatabaseRefusal {
  if (error instanceof DatabaseRefusal) return error;
  const code = codeOf(error);
  if (code === readOnlyCode)
    return new DatabaseRefusal("PostgreSQL cannot be written to: it is a standby or read-only");
  // The message of the driver may quote the connection string.
  return new DatabaseRefusal(`PostgreSQL cannot be used (${code || "connection failed"})`, "connection", code);
}

/** Migrations may be slow. */
const startLimitMs = 600_000;

async function prepare(db: DatabaseClient, known: string | null): Promise<string> {
  const settings = await sql<{ name: string; setting: string }>`
    select name, setting from pg_settings
    where name in ('fsync', 'synchronous_commit', 'full_page_writes') order by name`.execute(db);
  const off = settings.rows.filter(({ setting }) => setting === "off").map(({ name }) => name);
  if (off.length > 0) refuse(`PostgreSQL runs with ${off.join(" and ")} off: a paid call could leave without a record`);
  refuseOtherDatabase(known, await findIdentity(db));
  await migrate(db);
  await touch(db);
  return readIdentity(db);
}

/**
 * Opens a PostgreSQL database. Throws DatabaseRefusal when it is unreachable, read-only, not durable, of a newer release, or not
 * the one that was last used from this data directory. Without a directory the identity is neither checked nor stored.
 */
export async function openPostgresDatabase(url: string, directory?: string): Promise<OpenDatabase> {
  const { db, pool } = connectPostgres(url);
  try {
    const known = directory === undefined ? null : readKnownDatabase(directory);
    const identity = await withDatabaseTimeLimit(startLimitMs, () => prepare(db, known));
    pool.expect(identity);
    if (directory !== undefined) tryToRemember(directory, identity);
    const nothing = (): void => {};
    return {
      db,
      kind: "postgres",
      identity,
      isSoleProcess: false,
      // The pool checks each connection.
      assertInPlace: nothing,
      boundLog: nothing,
      scrub: nothing,
      finishScrub: nothing,
      hasRoom: () => true,
      close: () => db.destroy(),
    };
  } catch (error) {
    await db.destroy();
    throw postgresRefusal(error);
  }
}

/** For the command line: does not migrate. Throws DatabaseRefusal. */
export async function openPostgresReader(url: string): Promise<Pick<OpenDatabase, "db" | "close">> {
  const { db } = connectPostgres(url);
  try {
    await refuseOtherVersion(db);
    return { db, close: () => db.destroy() };
  } catch (error) {
    await db.destroy();
    throw postgresRefusal(error);
  }
}

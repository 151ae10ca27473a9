import { accessSync, chmodSync, constants, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Secret } from "@wsc-dashboard/wsc-core/node";
import BetterSqlite from "better-sqlite3";
import { Kysely, PostgresDialect, SqliteDialect, sql } from "kysely";
import { Migrator } from "kysely/migration";
import pg from "pg";
import { migrations } from "./migrations.ts";
import type { Database } from "./schema.ts";

export type Store = Kysely<Database>;

export interface OpenStore {
  readonly db: Store;
  readonly kind: "sqlite" | "postgres";
  /** Whether an earlier process of the same store is certainly gone, so that its leases mean nothing. */
  readonly isSoleProcess: boolean;
  /** Writes erased bytes out of the file and its log; nothing to do on PostgreSQL. */
  scrub(): void;
  close(): Promise<void>;
}

/** Why the store cannot be used, in one sentence for the operator. */
export class StoreRefusal extends Error {
  override readonly name = "StoreRefusal";
}

const fileName = "wsc-dashboard.sqlite";
const lockName = "wsc-dashboard.lock";

function refuse(sentence: string): never {
  throw new StoreRefusal(sentence);
}

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";

/**
 * Holds the directory for this process by an operating system lock on a file of its own: it ends with the process however
 * that ends, and the command line can read the store beside the server.
 */
function lockDirectory(directory: string): () => void {
  const path = join(directory, lockName);
  const lock = new BetterSqlite(path, { timeout: 0 });
  try {
    lock.pragma("locking_mode = EXCLUSIVE");
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    if (codeOf(error).startsWith("SQLITE_BUSY")) refuse(`another process uses the data directory ${directory}`);
    refuse(`the lock file in ${directory} cannot be used (${codeOf(error)})`);
  }
  return () => lock.close();
}

/** Brings the schema to the newest version. A store of a newer release is left alone. */
async function migrate(db: Store): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  if (error instanceof Error && /corrupted migrations/i.test(error.message)) {
    refuse("the store was written by a newer version of the dashboard");
  }
  throw error;
}

/** The store in a directory. Throws StoreRefusal when it is in use, not writable, damaged or newer. */
export async function openSqliteStore(directory: string): Promise<OpenStore> {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    refuse(`the data directory ${directory} cannot be written to (${codeOf(error)})`);
  }
  const unlock = lockDirectory(directory);
  let file: BetterSqlite.Database | undefined;
  try {
    const path = join(directory, fileName);
    file = new BetterSqlite(path, { timeout: 5000 });
    chmodSync(path, 0o600);
    file.pragma("journal_mode = WAL");
    file.pragma("synchronous = FULL");
    file.pragma("secure_delete = ON");
    file.pragma("foreign_keys = ON");
    if (file.pragma("quick_check", { simple: true }) !== "ok") refuse(`the store in ${directory} is damaged`);
    const opened = file;
    const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: opened }) });
    await migrate(db);
    return {
      db,
      kind: "sqlite",
      isSoleProcess: true,
      scrub: () => void opened.pragma("wal_checkpoint(TRUNCATE)"),
      async close() {
        await db.destroy();
        unlock();
      },
    };
  } catch (error) {
    file?.close();
    unlock();
    if (error instanceof StoreRefusal) throw error;
    const code = codeOf(error);
    if (code === "SQLITE_NOTADB" || code.startsWith("SQLITE_CORRUPT"))
      refuse(`the store in ${directory} is damaged (${code})`);
    if (code.startsWith("SQLITE_READONLY") || code.startsWith("SQLITE_CANTOPEN") || code === "EPERM") {
      refuse(`the store in ${directory} cannot be written to (${code})`);
    }
    throw error;
  }
}

// Counts and instants stay below 2^53.
const bigintType = 20;
pg.types.setTypeParser(bigintType, Number);

/** The store in PostgreSQL. Throws StoreRefusal when it cannot be reached, would lose commits, or is newer. */
export async function openPostgresStore(url: string): Promise<OpenStore> {
  const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 5000 });
  pool.on("error", () => {});
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  try {
    const settings = await sql<{ name: string; setting: string }>`
      select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes')`.execute(
      db,
    );
    const off = settings.rows.filter(({ setting }) => setting === "off").map(({ name }) => name);
    if (off.length > 0)
      refuse(`PostgreSQL runs with ${off.join(" and ")} off: a paid call could leave without a record`);
    await migrate(db);
  } catch (error) {
    await db.destroy();
    if (error instanceof StoreRefusal) throw error;
    // The message of the driver may quote the connection string.
    refuse(`PostgreSQL cannot be used (${codeOf(error) || "connection failed"})`);
  }
  return { db, kind: "postgres", isSoleProcess: false, scrub: () => {}, close: () => db.destroy() };
}

/** PostgreSQL when an address is given, otherwise a file in the data directory. Throws StoreRefusal. */
export function openStore({
  databaseUrl,
  dataDirectory,
}: {
  databaseUrl: Secret | null;
  dataDirectory: string;
}): Promise<OpenStore> {
  return databaseUrl === null ? openSqliteStore(dataDirectory) : openPostgresStore(databaseUrl.reveal());
}

/** For the command line: reads beside the server, changes nothing, takes no lock. Throws StoreRefusal. */
export async function openStoreForReading({
  databaseUrl,
  dataDirectory,
}: {
  databaseUrl: Secret | null;
  dataDirectory: string;
}): Promise<Pick<OpenStore, "db" | "close">> {
  if (databaseUrl !== null) return openPostgresStore(databaseUrl.reveal());
  try {
    const file = new BetterSqlite(join(dataDirectory, fileName), {
      readonly: true,
      fileMustExist: true,
      timeout: 5000,
    });
    const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: file }) });
    return { db, close: () => db.destroy() };
  } catch (error) {
    return refuse(`there is no readable store in ${dataDirectory} (${codeOf(error)})`);
  }
}

/** Whether a small write comes through, to the disk. */
export async function isWritable({ db }: OpenStore): Promise<boolean> {
  try {
    await db
      .updateTable("gate")
      .set((row) => ({ held_until: row.ref("held_until") }))
      .where("name", "=", "createJob")
      .execute();
    return true;
  } catch {
    return false;
  }
}

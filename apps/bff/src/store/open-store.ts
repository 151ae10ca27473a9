import { accessSync, chmodSync, constants, existsSync, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Secret } from "@wsc-dashboard/wsc-core/node";
import BetterSqlite from "better-sqlite3";
import { CompiledQuery, Kysely, PostgresDialect, SqliteAdapter, SqliteDialect, sql } from "kysely";
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
  /**
   * Writes erased bytes out of the file and its log; nothing to do on PostgreSQL. `false` when a reader or a full disk was in
   * the way: then it has to be asked again.
   */
  scrub(): boolean;
  close(): Promise<void>;
}

/** Why the store cannot be used, in one sentence for the operator. */
export class StoreRefusal extends Error {
  override readonly name = "StoreRefusal";
}

const fileName = "wsc-dashboard.sqlite";
const lockName = "wsc-dashboard.lock";
const ownerOnly = 0o600;
const newerVersion = "the store was written by a newer version of the dashboard";

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
  let lock: BetterSqlite.Database | undefined;
  try {
    lock = new BetterSqlite(path, { timeout: 0 });
    // Whoever may open this file could hold it against us.
    chmodSync(path, ownerOnly);
    lock.pragma("locking_mode = EXCLUSIVE");
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock?.close();
    if (codeOf(error).startsWith("SQLITE_BUSY")) refuse(`another process uses the data directory ${directory}`);
    refuse(`the lock file in ${directory} cannot be used (${codeOf(error)})`);
  }
  const held = lock;
  return () => held.close();
}

/** A migration that is cut short must leave nothing behind, or the next start could not repeat it. */
class TransactionalSqliteDialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new (class extends SqliteAdapter {
      override get supportsTransactionalDdl(): boolean {
        return true;
      }
    })();
  }
}

/** Brings the schema to the newest version. A store of a newer release is left alone. */
async function migrate(db: Store): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  if (error instanceof Error && /corrupted migrations/i.test(error.message)) refuse(newerVersion);
  throw error;
}

/** For readers, who change nothing: whether the store is of this version. */
async function refuseOtherVersion(db: Store): Promise<void> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  const found = new Set(rows.map(({ name }) => name));
  if ([...found].some((name) => migrations[name] === undefined)) refuse(newerVersion);
  if (Object.keys(migrations).some((name) => !found.has(name))) {
    refuse(
      "the store was written by an older version of the dashboard; start the dashboard once to bring it up to date",
    );
  }
}

/** Why SQLite cannot work with the store, as a sentence. */
function sqliteRefusal(directory: string, error: unknown): StoreRefusal {
  if (error instanceof StoreRefusal) return error;
  const code = codeOf(error);
  if (code === "SQLITE_NOTADB" || code.startsWith("SQLITE_CORRUPT") || code === "SQLITE_IOERR_SHORT_READ") {
    return new StoreRefusal(`the store in ${directory} is damaged (${code})`);
  }
  if (code === "SQLITE_FULL" || code === "ENOSPC") {
    return new StoreRefusal(`the disk of the store in ${directory} is full (${code})`);
  }
  if (/^(SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_IOERR|EPERM|EACCES|EROFS)/.test(code)) {
    return new StoreRefusal(`the store in ${directory} cannot be written to (${code})`);
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new StoreRefusal(`the store in ${directory} cannot be used (${code || reason})`);
}

/** A store file appears with its header or not at all, so that an empty one is damage and never a beginning. */
function createStoreFile(path: string): void {
  const fresh = `${path}.new`;
  rmSync(fresh, { force: true });
  const file = new BetterSqlite(fresh);
  try {
    chmodSync(fresh, ownerOnly);
    file.pragma("journal_mode = WAL");
  } finally {
    file.close();
  }
  renameSync(fresh, path);
}

function openStoreFile(directory: string): BetterSqlite.Database {
  const path = join(directory, fileName);
  if (!existsSync(path)) createStoreFile(path);
  if (statSync(path).size === 0) refuse(`the store in ${directory} is damaged (the file is empty)`);
  const file = new BetterSqlite(path, { timeout: 5000 });
  try {
    chmodSync(path, ownerOnly);
    if (file.pragma("journal_mode = WAL", { simple: true }) !== "wal") {
      refuse(`the file system of ${directory} does not let SQLite keep a write-ahead log`);
    }
    file.pragma("synchronous = FULL");
    file.pragma("secure_delete = ON");
    file.pragma("foreign_keys = ON");
    if (file.pragma("quick_check", { simple: true }) !== "ok") refuse(`the store in ${directory} is damaged`);
    return file;
  } catch (error) {
    file.close();
    throw error;
  }
}

function scrub(file: BetterSqlite.Database): boolean {
  try {
    // A reader beside the server must not hold up every request.
    file.pragma("busy_timeout = 0");
    const [outcome] = file.pragma("wal_checkpoint(TRUNCATE)") as { busy: number }[];
    return outcome?.busy === 0;
  } catch {
    return false;
  } finally {
    file.pragma("busy_timeout = 5000");
  }
}

/** The store in a directory. Throws StoreRefusal when it is in use, not writable, damaged or newer. */
export async function openSqliteStore(directory: string): Promise<OpenStore> {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = codeOf(error);
    if (code === "EEXIST" || code === "ENOTDIR") refuse(`${directory} is not a directory (${code})`);
    refuse(`the data directory ${directory} cannot be written to (${code})`);
  }
  const unlock = lockDirectory(directory);
  let db: Store | undefined;
  try {
    const file = openStoreFile(directory);
    const opened = new Kysely<Database>({ dialect: new TransactionalSqliteDialect({ database: file }) });
    db = opened;
    await migrate(opened);
    await touch(opened);
    return {
      db: opened,
      kind: "sqlite",
      isSoleProcess: true,
      scrub: () => scrub(file),
      async close() {
        await opened.destroy();
        unlock();
      },
    };
  } catch (error) {
    await db?.destroy();
    unlock();
    throw sqliteRefusal(directory, error);
  }
}

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
  return { db, kind: "postgres", isSoleProcess: false, scrub: () => true, close: () => db.destroy() };
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
  if (databaseUrl !== null) {
    const db = connectPostgres(databaseUrl.reveal());
    try {
      await refuseOtherVersion(db);
    } catch (error) {
      await db.destroy();
      throw postgresRefusal(error);
    }
    return { db, close: () => db.destroy() };
  }
  let file: BetterSqlite.Database | undefined;
  try {
    file = new BetterSqlite(join(dataDirectory, fileName), { readonly: true, fileMustExist: true, timeout: 5000 });
    const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: file }) });
    await refuseOtherVersion(db);
    return { db, close: () => db.destroy() };
  } catch (error) {
    file?.close();
    if (error instanceof StoreRefusal) throw error;
    return refuse(`there is no readable store in ${dataDirectory} (${codeOf(error)})`);
  }
}

/** A small write, to the disk. */
async function touch(db: Store): Promise<void> {
  await db
    .updateTable("gate")
    .set((row) => ({ held_until: row.ref("held_until") }))
    .where("name", "=", "createJob")
    .execute();
}

/** Whether a small write comes through, to the disk. */
export async function isWritable({ db }: OpenStore): Promise<boolean> {
  try {
    await touch(db);
    return true;
  } catch {
    return false;
  }
}

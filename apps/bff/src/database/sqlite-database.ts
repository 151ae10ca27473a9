import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import { Kysely, SqliteAdapter, SqliteDialect } from "kysely";
import {
  codeOf,
  type DatabaseClient,
  DatabaseInUse,
  DatabaseRefusal,
  migrate,
  type OpenDatabase,
  readIdentity,
  refuse,
  refuseOtherVersion,
  touch,
} from "./database.ts";
import { watchFiles } from "./file-identity.ts";
import { readKnownDatabase, refuseOtherDatabase, rememberDatabase } from "./known-database.ts";
import type { Database } from "./schema.ts";

export const databaseFileName = "wsc-dashboard.sqlite";
const lockName = "wsc-dashboard.lock";
const ownerOnly = 0o600;
/** In bytes: a submission with everything that goes with it. */
const minFreeBytes = 65_536;
/** In bytes: a larger file is looked through only after an end that was not in order, so that a start does not grow with it. */
const maxCheckedBytes = 8 * 1024 * 1024;
/** In bytes: what a write-ahead log may keep of the disk after it was written back. */
const maxLogBytes = 4 * 1024 * 1024;

/**
 * Holds the directory for this process by an operating system lock on a file of its own: it ends with the process however
 * that ends, and the command line can read the database beside the server.
 */
function lockDirectory(directory: string): () => void {
  const path = join(directory, lockName);
  let lock: BetterSqlite.Database | undefined;
  try {
    lock = new BetterSqlite(path, { timeout: 0 });
    // Others who can open this file could lock it.
    chmodSync(path, ownerOnly);
    lock.pragma("locking_mode = EXCLUSIVE");
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock?.close();
    if (codeOf(error).startsWith("SQLITE_BUSY"))
      throw new DatabaseInUse(`another process uses the data directory ${directory}`);
    if (codeOf(error) === "SQLITE_FULL") throw sqliteRefusal(directory, error);
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

/** Why SQLite cannot work with the database, as a sentence. */
function sqliteRefusal(directory: string, error: unknown): DatabaseRefusal {
  if (error instanceof DatabaseRefusal) return error;
  const code = codeOf(error);
  if (code === "SQLITE_NOTADB" || code.startsWith("SQLITE_CORRUPT") || code === "SQLITE_IOERR_SHORT_READ") {
    return new DatabaseRefusal(`the database in ${directory} is damaged (${code})`);
  }
  if (code === "SQLITE_FULL" || code === "ENOSPC") {
    return new DatabaseRefusal(`the disk of the database in ${directory} is full (${code})`);
  }
  if (/^(SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_IOERR|EPERM|EACCES|EROFS)/.test(code)) {
    return new DatabaseRefusal(`the database in ${directory} cannot be written to (${code})`);
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new DatabaseRefusal(`the database in ${directory} cannot be used (${code || reason})`);
}

/** What its owner marked read-only is left alone, though root could write to it. */
function refuseReadOnly(path: string, what: string): void {
  const { mode } = statSync(path);
  if ((mode & 0o200) === 0) refuse(`${what} is marked read-only`);
}

/** A database file appears with its header or not at all, so that an empty one is damage and never a beginning. */
function createDatabaseFile(path: string): void {
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

/** `null`: it has none, being new or of an older version. */
function identityOf(file: BetterSqlite.Database): string | null {
  const hasOne = file.prepare("select 1 from sqlite_master where name = 'database_identity'").get() !== undefined;
  return hasOne ? String(file.prepare("select id from database_identity").pluck().get()) : null;
}

function openDatabaseFile(directory: string): BetterSqlite.Database {
  const path = join(directory, databaseFileName);
  const known = readKnownDatabase(directory);
  if (!existsSync(path)) {
    refuseOtherDatabase(known, null);
    createDatabaseFile(path);
  }
  if (statSync(path).size === 0) refuse(`the database in ${directory} is damaged (the file is empty)`);
  refuseReadOnly(path, `the database in ${directory}`);
  // A clean end leaves no log behind.
  const isCheckDue = existsSync(`${path}-wal`) || statSync(path).size <= maxCheckedBytes;
  const file = new BetterSqlite(path, { timeout: 5000 });
  try {
    chmodSync(path, ownerOnly);
    if (file.pragma("journal_mode = WAL", { simple: true }) !== "wal") {
      refuse(`the file system of ${directory} does not let SQLite keep a write-ahead log`);
    }
    file.pragma("synchronous = FULL");
    file.pragma(`journal_size_limit = ${maxLogBytes}`);
    file.pragma("secure_delete = ON");
    file.pragma("foreign_keys = ON");
    if (isCheckDue && file.pragma("quick_check", { simple: true }) !== "ok")
      refuse(`the database in ${directory} is damaged`);
    refuseOtherDatabase(known, identityOf(file));
    return file;
  } catch (error) {
    file.close();
    throw error;
  }
}

/** Whether it came through. */
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

/** The database in a directory. Throws DatabaseRefusal when it is in use, not writable, damaged or newer. */
export async function openSqliteDatabase(directory: string): Promise<OpenDatabase> {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
    refuseReadOnly(directory, `the data directory ${directory}`);
  } catch (error) {
    if (error instanceof DatabaseRefusal) throw error;
    const code = codeOf(error);
    if (code === "EEXIST" || code === "ENOTDIR") refuse(`${directory} is not a directory (${code})`);
    refuse(`the data directory ${directory} cannot be written to (${code})`);
  }
  const unlock = lockDirectory(directory);
  let db: DatabaseClient | undefined;
  try {
    const file = openDatabaseFile(directory);
    const opened = new Kysely<Database>({ dialect: new TransactionalSqliteDialect({ database: file }) });
    db = opened;
    await migrate(opened);
    await touch(opened);
    const identity = await readIdentity(opened);
    rememberDatabase(directory, identity);
    const path = join(directory, databaseFileName);
    let isScrubbed = false;
    return {
      db: opened,
      kind: "sqlite",
      identity,
      assertInPlace: watchFiles([path, `${path}-wal`, join(directory, lockName)]),
      boundLog() {
        if ((statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > maxLogBytes) scrub(file);
      },
      isSoleProcess: true,
      scrub() {
        isScrubbed = scrub(file);
      },
      finishScrub() {
        if (!isScrubbed) isScrubbed = scrub(file);
      },
      hasRoom: () => {
        const { bfree, bsize } = statfsSync(directory);
        return bfree * bsize >= minFreeBytes;
      },
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

/** For the command line, beside a server or without one. Throws DatabaseRefusal. */
export async function openSqliteReader(directory: string): Promise<Pick<OpenDatabase, "db" | "close">> {
  let file: BetterSqlite.Database | undefined;
  try {
    // Not opened read-only: such a connection, when it is alone, leaves files behind that keep the server out.
    file = new BetterSqlite(join(directory, databaseFileName), { fileMustExist: true, timeout: 5000 });
    file.pragma("query_only = ON");
    const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: file }) });
    await refuseOtherVersion(db);
    return { db, close: () => db.destroy() };
  } catch (error) {
    file?.close();
    if (error instanceof DatabaseRefusal) throw error;
    return refuse(`there is no readable database in ${directory} (${codeOf(error)})`);
  }
}

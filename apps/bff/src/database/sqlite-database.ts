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
import {
  type DatabaseConnection,
  type Driver,
  Kysely,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
} from "kysely";
import { LRUCache } from "lru-cache";
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
/** Room for a submission with all its rows, in bytes. */
const minFreeBytes = 65_536;
/** In bytes. A larger file is checked only after an unclean shutdown, so that the start does not slow down as it grows. */
const maxCheckedBytes = 8 * 1024 * 1024;
/** Size to which the write-ahead log is truncated after a checkpoint, in bytes. */
const maxLogBytes = 4 * 1024 * 1024;
/** More than there are texts of queries; lists of values in them make further ones. */
const maxStatements = 500;

/**
 * Locks the directory for this process with an operating system lock on a separate file: the lock ends with the process in any
 * case, and the command line can still read the database. Returns the function that unlocks.
 */
function lockDirectory(directory: string): () => void {
  const path = join(directory, lockName);
  let lock: BetterSqlite.Database | undefined;
  try {
    lock = new BetterSqlite(path, { timeout: 0 });
    // Anyone who can open this file could lock it.
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

/** Queries and transactions may run for so long before the event loop has its turn, in milliseconds. */
const maxBurstMs = 10;

/**
 * SQLite answers at once, so that a loop over many queries would never let the event loop go on: what awaits them continues in the
 * same turn. Returns a function to await before each of them; it waits for the next turn when the present one is long.
 */
function createTurnKeeper(): () => Promise<void> | undefined {
  let turn: { readonly startedAt: number; readonly ended: Promise<void> } | null = null;
  return () => {
    if (turn !== null && performance.now() - turn.startedAt >= maxBurstMs) return turn.ended;
    turn ??= {
      startedAt: performance.now(),
      ended: new Promise((resolve) => {
        setImmediate(() => {
          turn = null;
          resolve();
        });
      }),
    };
    return undefined;
  };
}

/** Takes turns between queries and transactions, never within one: nothing else may find a transaction open. */
class TurnTakingSqliteDriver extends SqliteDriver {
  readonly #nextTurn = createTurnKeeper();

  override async acquireConnection(): Promise<DatabaseConnection> {
    await this.#nextTurn();
    return super.acquireConnection();
  }
}

class ServerSqliteDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig;

  constructor(config: SqliteDialectConfig) {
    super(config);
    this.#config = config;
  }

  override createDriver(): Driver {
    return new TurnTakingSqliteDriver(this.#config);
  }

  /** An interrupted migration must be rolled back, or the next start could not repeat it. */
  override createAdapter(): SqliteAdapter {
    return new (class extends SqliteAdapter {
      override get supportsTransactionalDdl(): boolean {
        return true;
      }
    })();
  }
}

/** Turns an SQLite or file system error into a DatabaseRefusal. */
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

/** Respects a read-only mark by the owner, although root could write. */
function refuseReadOnly(path: string, what: string): void {
  const { mode } = statSync(path);
  if ((mode & 0o200) === 0) refuse(`${what} is marked read-only`);
}

/** Creates the file under a temporary name and renames it, so that an empty file always means damage and never a new database. */
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

/** Identity of the database; `null` when it is new or of a version without an identity. */
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
  // A clean shutdown leaves no log file.
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

/**
 * Prepares each text once: preparing takes longer than most statements run. Queries are never streamed, so no statement is in use
 * when it is needed again; SQLite prepares it anew when the schema has changed.
 */
function keepStatements(file: BetterSqlite.Database): SqliteDatabase {
  const kept = new LRUCache<string, ReturnType<SqliteDatabase["prepare"]>>({ max: maxStatements });
  return {
    prepare(text) {
      const known = kept.get(text);
      if (known !== undefined) return known;
      const statement = file.prepare<unknown[]>(text);
      kept.set(text, statement);
      return statement;
    },
    close: () => void file.close(),
  };
}

/** Truncates the write-ahead log. Returns whether that succeeded. */
function scrub(file: BetterSqlite.Database): boolean {
  try {
    // Waiting for a concurrent reader would delay every request.
    file.pragma("busy_timeout = 0");
    const [outcome] = file.pragma("wal_checkpoint(TRUNCATE)") as { busy: number }[];
    return outcome?.busy === 0;
  } catch {
    return false;
  } finally {
    file.pragma("busy_timeout = 5000");
  }
}

/** Opens the SQLite database in a directory. Throws DatabaseRefusal when it is in use, not writable, damaged or newer. */
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
    const opened = new Kysely<Database>({
      dialect: new ServerSqliteDialect({ database: keepStatements(file) }),
    });
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

/** For the command line: opens the database for reading, with or without a running server. Throws DatabaseRefusal. */
export async function openSqliteReader(directory: string): Promise<Pick<OpenDatabase, "db" | "close">> {
  let file: BetterSqlite.Database | undefined;
  try {
    // Not opened read-only: such a connection, if it is the only one, leaves files behind that keep the server from starting.
    file = new BetterSqlite(join(directory, databaseFileName), { fileMustExist: true, timeout: 5000 });
    file.pragma("query_only = ON");
    const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: file }) });
    await refuseOtherVersion(db);
    return { db, close: () => db.destroy() };
  } catch (error) {
    file?.close();
    if (error instanceof DatabaseRefusal) throw error;
    return refuse(`there is no readable database in ${directory} (${codeOf(error)})`, "unreadable", codeOf(error));
  }
}

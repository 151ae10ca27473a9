import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, createReadStream, fsyncSync, openSync } from "node:fs";
import { copyFile, mkdtemp, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import BetterSqlite from "better-sqlite3";
import { codeOf, type OpenDatabase, refuse } from "./database.ts";
import type { DatabaseLocation } from "./open-database.ts";
import { readDump } from "./read-dump.ts";
import { databaseFileName, openSqliteDatabase, openSqliteReader } from "./sqlite-database.ts";

const ownerOnly = 0o600;
/** Pages copied in one step; the running server can write between two steps. */
const pagesAtOnce = 500;

export type BackupKind = "sqlite" | "postgres";

async function copySqlite(directory: string, target: string, onProgress: (share: number) => void): Promise<void> {
  let source: BetterSqlite.Database;
  try {
    source = new BetterSqlite(join(directory, databaseFileName), { fileMustExist: true, timeout: 5000 });
  } catch (error) {
    return refuse(`there is no readable database in ${directory} (${codeOf(error)})`, "unreadable", codeOf(error));
  }
  try {
    await source.backup(target, {
      progress: ({ totalPages, remainingPages }) => {
        onProgress(totalPages === 0 ? 0 : 1 - remainingPages / totalPages);
        return pagesAtOnce;
      },
    });
  } finally {
    source.close();
  }
  const copy = new BetterSqlite(target);
  try {
    // Makes the copy a single file that can be read in a read-only directory.
    copy.pragma("journal_mode = DELETE");
    if (copy.pragma("quick_check", { simple: true }) !== "ok")
      refuse("the copy is damaged, and so may be the database");
  } finally {
    copy.close();
  }
}

/** Connection variables for PostgreSQL tools; keeps the password out of the command line. */
function postgresEnvironment(address: string): Record<string, string> {
  const url = new URL(address);
  const given: Record<string, string | undefined> = {
    PGHOST: url.searchParams.get("host") ?? decodeURIComponent(url.hostname),
    PGPORT: url.port,
    PGUSER: decodeURIComponent(url.username),
    PGPASSWORD: decodeURIComponent(url.password),
    PGDATABASE: decodeURIComponent(url.pathname.slice(1)),
    PGSSLMODE: url.searchParams.get("sslmode") ?? undefined,
  };
  return Object.fromEntries(Object.entries(given).filter((entry): entry is [string, string] => Boolean(entry[1])));
}

/** PATH and further variables of a child process. */
type ToolEnvironment = Readonly<Record<string, string | undefined>>;

/** Runs a PostgreSQL tool. Throws DatabaseRefusal with its name but without its output, which may quote the address. */
async function runTool(name: string, args: readonly string[], environment: ToolEnvironment): Promise<void> {
  const child = spawn(name, args, { env: { ...environment }, stdio: "ignore" });
  const code = await new Promise<number | string>((resolve) => {
    child.once("error", (error) => resolve(codeOf(error)));
    child.once("close", (exit, signal) => resolve(exit ?? signal ?? "unknown"));
  });
  if (code === "ENOENT") refuse(`${name} is not installed: install the client of PostgreSQL in the server's version`);
  if (code !== 0) refuse(`${name} failed (${code}): run it by hand to see why`);
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

function flush(file: string): void {
  const handle = openSync(file, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

export interface BackupOptions {
  readonly onProgress: (share: number) => void;
  /** PATH in which the PostgreSQL tools are looked up. */
  readonly searchPath: string | undefined;
}

/**
 * Copies the database, also while a server is running, into one file, and writes its checksum to `<file>.sha256`. Never
 * overwrites a file. Throws DatabaseRefusal.
 */
export async function backUp(
  { databaseUrl, dataDirectory }: DatabaseLocation,
  file: string,
  { onProgress, searchPath }: BackupOptions,
): Promise<{ readonly kind: BackupKind; readonly sha256: string }> {
  const part = `${file}.part`;
  // Reserves both names first, readable by the owner only.
  for (const name of [file, part]) {
    const taken = await open(name, "wx", ownerOnly).catch((error: unknown) =>
      refuse(codeOf(error) === "EEXIST" ? `${name} exists already` : `${name} cannot be written (${codeOf(error)})`),
    );
    await taken.close();
  }
  try {
    if (databaseUrl === null) await copySqlite(dataDirectory, part, onProgress);
    else
      await runTool("pg_dump", ["--format=custom", `--file=${part}`], {
        PATH: searchPath,
        ...postgresEnvironment(databaseUrl.reveal()),
      });
    flush(part);
    const sha256 = await hashOf(part);
    await rename(part, file);
    await writeFile(`${file}.sha256`, `${sha256}  ${basename(file)}\n`, { mode: ownerOnly });
    return { kind: databaseUrl === null ? "sqlite" : "postgres", sha256 };
  } catch (error) {
    await Promise.all([file, part].map((name) => rm(name, { force: true })));
    throw error;
  }
}

/** Whether a file matches `<file>.sha256`; `null` when there is no such file. Throws DatabaseRefusal. */
export async function hasOwnChecksum(file: string): Promise<boolean | null> {
  const told = await readFile(`${file}.sha256`, "utf8").catch(() => null);
  if (told === null) return null;
  const expected = /^([0-9a-f]{64}) /.exec(told)?.[1] ?? refuse(`${file}.sha256 holds no checksum`);
  return expected === (await hashOf(file));
}

/** The kind of a backup, detected from its first bytes. Throws DatabaseRefusal. */
export async function backupKindOf(file: string): Promise<BackupKind> {
  const handle = await open(file, "r").catch((error: unknown) => refuse(`${file} cannot be read (${codeOf(error)})`));
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(16), 0, 16, 0).finally(() => handle.close());
  const start = buffer.subarray(0, bytesRead).toString("latin1");
  if (start === "SQLite format 3\0") return "sqlite";
  if (start.startsWith("PGDMP")) return "postgres";
  return refuse(`${file} is neither a database of SQLite nor a dump of pg_dump in the custom format`);
}

/** A private copy of a backup, open for reading. */
export type OpenBackup = Pick<OpenDatabase, "db" | "close"> & { readonly isWhole: boolean };

/** Tables that a dump must contain to be a backup. */
const neededTables = ["submission", "schedule", "audit", "key", "kysely_migration"];

async function copyDump(file: string, directory: string, searchPath: string | undefined): Promise<void> {
  const fresh = await openSqliteDatabase(directory);
  await fresh.close();
  const tables = await readDump(file, join(directory, databaseFileName), searchPath);
  const missing = neededTables.filter((table) => !tables.has(table));
  if (missing.length > 0) refuse(`the content of ${missing.join(", ")} is not in ${file}`);
}

/**
 * Opens a copy of a backup, so that nothing is written next to the original; a PostgreSQL dump is read into a SQLite database.
 * `close` removes the copy. Throws DatabaseRefusal.
 */
export async function openBackup(file: string, kind: BackupKind, searchPath: string | undefined): Promise<OpenBackup> {
  const directory = await mkdtemp(join(tmpdir(), "wsc-restore-"));
  const remove = (): Promise<void> => rm(directory, { recursive: true, force: true });
  try {
    const path = join(directory, databaseFileName);
    if (kind === "sqlite") await copyFile(file, path);
    else await copyDump(file, directory, searchPath);
    const checked = new BetterSqlite(path);
    const isWhole = checked.pragma("integrity_check", { simple: true }) === "ok";
    checked.close();
    const { db, close } = await openSqliteReader(directory);
    return { db, isWhole, close: () => close().finally(remove) };
  } catch (error) {
    await remove();
    if (codeOf(error).startsWith("SQLITE_")) refuse(`${file} is damaged (${codeOf(error)})`);
    throw error;
  }
}

import type { Secret } from "@wsc-dashboard/wsc-core/node";
import { withinTime } from "../timers/within-time.ts";
import { type OpenDatabase, touch } from "./database.ts";
import { openPostgresDatabase, openPostgresReader } from "./postgres-database.ts";
import { openSqliteDatabase, openSqliteReader } from "./sqlite-database.ts";

export { type DatabaseClient, DatabaseInUse, DatabaseRefusal, type OpenDatabase } from "./database.ts";
export { openPostgresDatabase } from "./postgres-database.ts";
export { openSqliteDatabase } from "./sqlite-database.ts";

export interface DatabaseLocation {
  readonly databaseUrl: Secret | null;
  readonly dataDirectory: string;
}

/** Opens PostgreSQL when an address is set, otherwise a SQLite file in the data directory. Throws DatabaseRefusal. */
export function openDatabase({ databaseUrl, dataDirectory }: DatabaseLocation): Promise<OpenDatabase> {
  return databaseUrl === null
    ? openSqliteDatabase(dataDirectory)
    : openPostgresDatabase(databaseUrl.reveal(), dataDirectory);
}

/** For the command line: opens the database read-only, without a lock, also while a server is running. Throws DatabaseRefusal. */
export function openDatabaseForReading({
  databaseUrl,
  dataDirectory,
}: DatabaseLocation): Promise<Pick<OpenDatabase, "db" | "close">> {
  return databaseUrl === null ? openSqliteReader(dataDirectory) : openPostgresReader(databaseUrl.reveal());
}

/** Time limit of a write check of the database, in milliseconds. */
const writeProbeMs = 2_000;
const probes = new WeakMap<OpenDatabase, Promise<boolean>>();

async function probe(database: OpenDatabase): Promise<boolean> {
  try {
    database.assertInPlace();
    await touch(database.db);
    database.assertInPlace();
    return database.hasRoom();
  } catch {
    return false;
  }
}

/**
 * Whether a small write reaches the disk, in the files that the next start will open. A timeout counts as no. Concurrent callers
 * share one attempt.
 */
export async function isWritable(database: OpenDatabase): Promise<boolean> {
  const running = probes.get(database) ?? probe(database).finally(() => probes.delete(database));
  probes.set(database, running);
  return withinTime(running, writeProbeMs, false);
}

import { existsSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { readIdentity } from "./database.ts";
import type { KeyRing } from "./keys.ts";
import { readKnownDatabase } from "./known-database.ts";
import { type DatabaseLocation, openDatabaseForReading } from "./open-database.ts";
import { readSealUse, type SealCounts } from "./sealed-values.ts";
import { databaseFileName } from "./sqlite-database.ts";

/** Facts about a database for its operator. */
export interface DatabaseInspection {
  readonly kind: "sqlite" | "postgres";
  readonly identity: string;
  /** Identity of the database that was last used from this data directory; `null` when there was none. */
  readonly known: string | null;
  /** PostgreSQL settings that are off and whose absence can lose a commit. */
  readonly settingsOff: readonly string[];
  readonly sealedByOthers: SealCounts;
}

/**
 * Inspects a database, also while a server is running, without changing it. Returns `null` when there is none and none was known.
 * Throws DatabaseRefusal.
 */
export async function inspectDatabase(location: DatabaseLocation, ring: KeyRing): Promise<DatabaseInspection | null> {
  const { databaseUrl, dataDirectory } = location;
  const known = readKnownDatabase(dataDirectory);
  const kind = databaseUrl === null ? "sqlite" : "postgres";
  if (kind === "sqlite" && known === null && !existsSync(join(dataDirectory, databaseFileName))) return null;
  const { db, close } = await openDatabaseForReading(location);
  try {
    const settings =
      kind === "sqlite"
        ? []
        : (
            await sql<{ name: string }>`
              select name from pg_settings
              where name in ('fsync', 'synchronous_commit', 'full_page_writes') and setting = 'off' order by name`.execute(
              db,
            )
          ).rows;
    const { byOthers } = await readSealUse(db, ring);
    const identity = await readIdentity(db);
    return { kind, identity, known, settingsOff: settings.map(({ name }) => name), sealedByOthers: byOthers };
  } finally {
    await close();
  }
}

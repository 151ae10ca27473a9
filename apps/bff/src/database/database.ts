import { type Kysely, sql } from "kysely";
import { Migrator } from "kysely/migration";
import { migrations } from "./migrations.ts";
import type { Database } from "./schema.ts";

export type DatabaseClient = Kysely<Database>;

export interface OpenDatabase {
  readonly db: DatabaseClient;
  readonly kind: "sqlite" | "postgres";
  /** Which database this is: made with its first migration, and the same for as long as it exists. */
  readonly identity: string;
  /** Whether an earlier process of the same database is certainly gone, so that its leases mean nothing. */
  readonly isSoleProcess: boolean;
  /** Writes erased bytes out of the file and its log; nothing to do on PostgreSQL. */
  scrub(): void;
  /** Again, when a reader or a full disk was in the way, or when an earlier process may not have come to it. */
  finishScrub(): void;
  /** Throws when the files under the known names are no longer those that are open: what is written now would be lost. */
  assertInPlace(): void;
  /** Keeps the write-ahead log small; nothing to do on PostgreSQL. */
  boundLog(): void;
  /** Small writes still fit into the log of a full disk; what is worth keeping would not. */
  hasRoom(): boolean;
  close(): Promise<void>;
}

/** Why the database cannot be used, in one sentence for the operator. */
export class DatabaseRefusal extends Error {
  override readonly name = "DatabaseRefusal";
}

/** Another process holds the data directory. */
export class DatabaseInUse extends DatabaseRefusal {}

export function refuse(sentence: string): never {
  throw new DatabaseRefusal(sentence);
}

export const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";

const newerVersion = "the database was written by a newer version of the dashboard";

/** Brings the schema to the newest version. A database of a newer release is left alone. */
export async function migrate(db: DatabaseClient): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  if (error instanceof Error && /corrupted migrations/i.test(error.message)) refuse(newerVersion);
  throw error;
}

/** For readers, who change nothing: whether the database is of this version. */
export async function refuseOtherVersion(db: DatabaseClient): Promise<void> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  const found = new Set(rows.map(({ name }) => name));
  if ([...found].some((name) => migrations[name] === undefined)) refuse(newerVersion);
  if (Object.keys(migrations).some((name) => !found.has(name))) {
    refuse(
      "the database was written by an older version of the dashboard; start the dashboard once to bring it up to date",
    );
  }
}

/** A small write, to the disk. Counts, since SQLite leaves a page alone whose bytes stay the same. */
export async function touch(db: DatabaseClient): Promise<void> {
  await db
    .updateTable("database_identity")
    .set((row) => ({ writes: row("writes", "+", 1) }))
    .execute();
}

/** Which database this is; after the migrations it has one. */
export async function readIdentity(db: DatabaseClient): Promise<string> {
  return (await db.selectFrom("database_identity").select("id").executeTakeFirstOrThrow()).id;
}

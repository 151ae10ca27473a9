import { type Kysely, sql } from "kysely";
import { Migrator } from "kysely/migration";
import { migrations } from "./migrations.ts";
import type { Database } from "./schema.ts";

export type DatabaseClient = Kysely<Database>;

export interface OpenDatabase {
  readonly db: DatabaseClient;
  readonly kind: "sqlite" | "postgres";
  /** Identifies the database: created by a migration and never changed afterwards. */
  readonly identity: string;
  /** Whether any earlier process of this database has certainly ended, so that its leases can be ignored. */
  readonly isSoleProcess: boolean;
  /** Removes erased bytes from the file and its log; no-op on PostgreSQL. */
  scrub(): void;
  /** Repeats `scrub` if a reader or a full disk prevented it, or if this process has not run it yet. */
  finishScrub(): void;
  /** Throws when the open files were deleted or replaced, because new writes would be lost. */
  assertInPlace(): void;
  /** Keeps the write-ahead log small; no-op on PostgreSQL. */
  boundLog(): void;
  /** Whether the disk has room for a submission; on a full disk small writes may still fit into the existing log. */
  hasRoom(): boolean;
  close(): Promise<void>;
}

/** older, newer: its version. unreadable: not there or no database. address: not well formed. connection: see `code`. */
export type RefusalKind = "older" | "newer" | "unreadable" | "address" | "connection" | "other";

/** Why the database cannot be used, in one sentence for the operator. `code`: of the failed call, if there was one. */
export class DatabaseRefusal extends Error {
  override readonly name = "DatabaseRefusal";
  readonly kind: RefusalKind;
  readonly code: string;

  constructor(sentence: string, kind: RefusalKind = "other", code = "") {
    super(sentence);
    this.kind = kind;
    this.code = code;
  }
}

/** Another process holds the data directory. */
export class DatabaseInUse extends DatabaseRefusal {}

export function refuse(sentence: string, kind?: RefusalKind, code?: string): never {
  throw new DatabaseRefusal(sentence, kind, code);
}

export const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";

const newerVersion = "the database was written by a newer version of the dashboard";

/** Migrates the schema to the newest version. Throws DatabaseRefusal, changing nothing, when the database is newer. */
export async function migrate(db: DatabaseClient): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  if (error instanceof Error && /corrupted migrations/i.test(error.message)) refuse(newerVersion, "newer");
  throw error;
}

/** For readers, which must not migrate: throws DatabaseRefusal unless the schema is of this version. */
export async function refuseOtherVersion(db: DatabaseClient): Promise<void> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  const found = new Set(rows.map(({ name }) => name));
  if ([...found].some((name) => migrations[name] === undefined)) refuse(newerVersion, "newer");
  if (Object.keys(migrations).some((name) => !found.has(name))) {
    refuse(
      "the database was written by an older version of the dashboard; start the dashboard once to bring it up to date",
      "older",
    );
  }
}

/** Makes a small write to the disk. It increments a counter because SQLite does not write a page whose bytes are unchanged. */
export async function touch(db: DatabaseClient): Promise<void> {
  await db
    .updateTable("database_identity")
    .set((row) => ({ writes: row("writes", "+", 1) }))
    .execute();
}

/** The identity of the database. Throws when the migrations have not run. */
export async function readIdentity(db: DatabaseClient): Promise<string> {
  return (await db.selectFrom("database_identity").select("id").executeTakeFirstOrThrow()).id;
}

import { sql } from "kysely";
import { type KeyRing, sealPrefixLength } from "./keys.ts";
import type { DatabaseClient } from "./open-database.ts";

/** A table with a column `sealed`: its key column, and the place for which each value is encrypted. */
export interface SealedColumn {
  readonly table: "sign_in" | "schedule_sign_in" | "session" | "key" | "channel";
  readonly id: string;
  readonly placeOf: (id: string) => string;
}

/** All values in the database that the key ring encrypts. */
export const sealedColumns = {
  signIns: { table: "sign_in", id: "submission_id", placeOf: (id) => `submission/${id}/signIn` },
  scheduleSignIns: { table: "schedule_sign_in", id: "schedule_id", placeOf: (id) => `schedule/${id}/signIn` },
  sessions: { table: "session", id: "id_hash", placeOf: (id) => `session/${id}` },
  channels: { table: "channel", id: "id", placeOf: (id) => `channel/${id}` },
  ownKeys: { table: "key", id: "name", placeOf: (id) => `key/${id}` },
} as const satisfies Readonly<Record<string, SealedColumn>>;

export type SealedNoun = keyof typeof sealedColumns;
export const sealedNouns = Object.keys(sealedColumns) as SealedNoun[];
export type SealCounts = Readonly<Record<SealedNoun, number>>;

export const noSeals: SealCounts = { signIns: 0, scheduleSignIns: 0, sessions: 0, channels: 0, ownKeys: 0 };
export const sumOf = (counts: Partial<SealCounts>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** SQL for the prefix of a sealed value, which identifies its key. */
export const sealPrefix = sql<string>`substr(sealed, 1, ${sql.lit(sealPrefixLength)})`;

export interface SealUse {
  /** Number of values encrypted with each key of the ring, in ring order. */
  readonly byKey: readonly SealCounts[];
  /** Number of values whose key is not in the ring. */
  readonly byOthers: SealCounts;
}

/** Counts the encrypted values by key. */
export async function readSealUse(db: DatabaseClient, ring: KeyRing): Promise<SealUse> {
  const byPrefix = new Map<string, SealCounts>(ring.prefixes().map((prefix) => [prefix, noSeals]));
  let byOthers = noSeals;
  for (const noun of sealedNouns) {
    const { rows } = await sql<{ prefix: string; count: number }>`
      select ${sealPrefix} as prefix, count(*) as count from ${sql.table(sealedColumns[noun].table)} group by 1
    `.execute(db);
    for (const { prefix, count } of rows) {
      const counted = byPrefix.get(prefix);
      if (counted === undefined) byOthers = { ...byOthers, [noun]: byOthers[noun] + count };
      else byPrefix.set(prefix, { ...counted, [noun]: count });
    }
  }
  return { byKey: [...byPrefix.values()], byOthers };
}

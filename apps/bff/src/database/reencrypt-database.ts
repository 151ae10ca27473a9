import { setImmediate as nextTurn } from "node:timers/promises";
import { sql } from "kysely";
import { type KeyRing, SealBroken } from "./keys.ts";
import type { OpenDatabase } from "./open-database.ts";
import {
  noSeals,
  type SealCounts,
  type SealedColumn,
  sealedColumns,
  sealedNouns,
  sealPrefix,
} from "./sealed-values.ts";

/** Rows per transaction; few, so that a server in the same process keeps responding. */
const batchSize = 50;

export interface ReencryptionResult {
  readonly reencrypted: SealCounts;
  /** Values left unchanged: the ring lacks their key, or they are damaged. */
  readonly unreadable: SealCounts;
}

interface Batch {
  readonly changed: number;
  readonly unreadable: number;
  /** Key of the last row, after which the next batch begins; `null` when this was the last batch. */
  readonly last: string | null;
}

function openOrNull(ring: KeyRing, sealed: string, place: string): string | null {
  try {
    return ring.open(sealed, place);
  } catch (error) {
    if (error instanceof SealBroken) return null;
    throw error;
  }
}

function reencryptBatch(
  { db }: Pick<OpenDatabase, "db">,
  ring: KeyRing,
  { table, id, placeOf }: SealedColumn,
  after: string,
): Promise<Batch> {
  const key = sql.ref(id);
  const name = sql.table(table);
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ id: string; sealed: string }>`
      select ${key} as id, sealed from ${name}
      where ${sealPrefix} <> ${ring.prefixes()[0]} and ${key} > ${after}
      order by ${key} limit ${sql.lit(batchSize)}`.execute(tx);
    let changed = 0;
    let unreadable = 0;
    for (const row of rows) {
      const plain = openOrNull(ring, row.sealed, placeOf(row.id));
      if (plain === null) {
        unreadable += 1;
        continue;
      }
      // Skips rows that were replaced or erased in the meantime.
      const { numAffectedRows } = await sql`
        update ${name} set sealed = ${ring.seal(plain, placeOf(row.id))}
        where ${key} = ${row.id} and sealed = ${row.sealed}`.execute(tx);
      changed += Number(numAffectedRows ?? 0);
    }
    return { changed, unreadable, last: rows.length < batchSize ? null : (rows.at(-1)?.id ?? null) };
  });
}

/**
 * Re-encrypts with the first key all values encrypted with another. Each batch is a transaction, and the prefix of a value shows
 * whether it is done: after a kill the next run continues, and others may use the database at the same time.
 */
export async function reencryptDatabase(
  database: OpenDatabase,
  ring: KeyRing,
  shouldStop: () => boolean = () => false,
): Promise<ReencryptionResult> {
  let reencrypted = noSeals;
  let unreadable = noSeals;
  for (const noun of sealedNouns) {
    for (let after: string | null = ""; after !== null && !shouldStop(); ) {
      const batch: Batch = await reencryptBatch(database, ring, sealedColumns[noun], after);
      reencrypted = { ...reencrypted, [noun]: reencrypted[noun] + batch.changed };
      unreadable = { ...unreadable, [noun]: unreadable[noun] + batch.unreadable };
      after = batch.last;
      await nextTurn();
    }
  }
  return { reencrypted, unreadable };
}

import { randomBytes } from "node:crypto";
import { type KeyRing, SealBroken } from "./keys.ts";
import type { DatabaseClient } from "./open-database.ts";
import { sealedColumns } from "./sealed-values.ts";

export interface NamedKey {
  readonly name: string;
  readonly bytes: Buffer;
}

const { placeOf } = sealedColumns.ownKeys;

/**
 * Keys that the dashboard makes for itself, sealed by the ring, so that they outlive a change of the ring and are shared by
 * replicas. When no key of the ring opens the newest one, another generation begins; the older stays in case its key is found.
 */
export async function openNamedKey(
  db: DatabaseClient,
  ring: KeyRing,
  purpose: "audit" | "idempotency",
): Promise<NamedKey> {
  for (;;) {
    const rows = await db.selectFrom("key").selectAll().where("name", "like", `${purpose}/%`).execute();
    const newest = newestOf(rows);
    if (newest !== undefined) {
      const bytes = tryOpen(ring, newest.name, newest.sealed);
      if (bytes !== null) return { name: newest.name, bytes };
    }
    const name = `${purpose}/${newest === undefined ? 1 : generationOf(newest.name) + 1}`;
    const sealed = ring.seal(randomBytes(32).toString("base64"), placeOf(name));
    // Another replica may be first; then its key is read in the next round.
    await db
      .insertInto("key")
      .values({ name, sealed })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** Whether the ring opens the newest key of a purpose, or there is none yet. */
export async function isNamedKeyOpen(db: DatabaseClient, ring: KeyRing, purpose: "audit"): Promise<boolean> {
  const rows = await db.selectFrom("key").selectAll().where("name", "like", `${purpose}/%`).execute();
  const newest = newestOf(rows);
  return newest === undefined || tryOpen(ring, newest.name, newest.sealed) !== null;
}

/** Every generation that the ring opens, by name. */
export async function openAllNamedKeys(
  db: DatabaseClient,
  ring: KeyRing,
  purpose: "audit",
): Promise<Map<string, Buffer>> {
  const rows = await db.selectFrom("key").selectAll().where("name", "like", `${purpose}/%`).execute();
  return new Map(
    rows.flatMap(({ name, sealed }) => {
      const bytes = tryOpen(ring, name, sealed);
      return bytes === null ? [] : [[name, bytes] as const];
    }),
  );
}

const newestOf = <R extends { readonly name: string }>(rows: readonly R[]): R | undefined =>
  rows.toSorted((a, b) => generationOf(b.name) - generationOf(a.name))[0];

const generationOf = (name: string): number => Number(name.split("/")[1] ?? 0);

function tryOpen(ring: KeyRing, name: string, sealed: string): Buffer | null {
  try {
    return Buffer.from(ring.open(sealed, placeOf(name)), "base64");
  } catch (error) {
    if (error instanceof SealBroken) return null;
    throw error;
  }
}

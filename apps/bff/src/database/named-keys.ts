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
 * Opens the newest key that the dashboard generated for a purpose, or generates one. It is encrypted by the ring, so that it
 * survives key rotation and is shared by replicas. If the ring cannot decrypt the newest key, a new generation is created; the
 * old one is kept in case its encryption key is found.
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
    // If another replica inserts first, the next iteration reads its key.
    await db
      .insertInto("key")
      .values({ name, sealed })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** Whether the ring can decrypt the newest key of a purpose, or none exists yet. */
export async function isNamedKeyOpen(db: DatabaseClient, ring: KeyRing, purpose: "audit"): Promise<boolean> {
  const rows = await db.selectFrom("key").selectAll().where("name", "like", `${purpose}/%`).execute();
  const newest = newestOf(rows);
  return newest === undefined || tryOpen(ring, newest.name, newest.sealed) !== null;
}

/** All generations that the ring can decrypt, by name. */
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

import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createKeyRing, type KeyRing } from "../src/database/keys.ts";
import type { OpenDatabase } from "../src/database/open-database.ts";
import { reencryptDatabase } from "../src/database/reencrypt-database.ts";
import { noSeals, readSealUse, type SealedNoun, sealedColumns, sealedNouns } from "../src/database/sealed-values.ts";
import { type DatabaseKind, empty, present, ringOf } from "./database-bench.ts";

const turned = createKeyRing([Buffer.alloc(32, 2), Buffer.alloc(32, 1)]);
export const contentOf = (id: string): string => `content of ${id}`;
export const idsOf = (noun: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${noun}-${String(index).padStart(5, "0")}`);

/** Other required columns of a row. */
const otherColumns: Partial<Record<SealedNoun, object>> = {
  sessions: { user_id: "u", name: "n", groups: "[]", created_at: 0, seen_at: 0, checked_at: 0, ends_at: 9 },
  channels: {
    ...{ name: "n", kind: "webhook", receiver: "r", rule: '{"events":[]}', times: "{}", language: "en" },
    ...{ created_at: 0, created_by: "u" },
  },
};

/** Fills a column with values, as the dashboard would have stored them. */
export async function fill(
  { db }: OpenDatabase,
  noun: SealedNoun,
  ids: readonly string[],
  ring: KeyRing,
): Promise<void> {
  const { table, id: key, placeOf } = sealedColumns[noun];
  const { [noun]: others = {} } = otherColumns;
  const rows = ids.map((id) => ({ [key]: id, sealed: ring.seal(contentOf(id), placeOf(id)), ...others }));
  await db
    .insertInto(table)
    .values(rows as never)
    .execute();
}

const sealsOf = async ({ db }: OpenDatabase, noun: SealedNoun): Promise<Map<string, string>> => {
  const { table, id } = sealedColumns[noun];
  const { rows } = await sql<{ id: string; sealed: string }>`
    select ${sql.ref(id)} as id, sealed from ${sql.table(table)}`.execute(db);
  return new Map(rows.map((row) => [row.id, row.sealed]));
};

/** What a key ring decrypts in a column. Throws SealBroken when it cannot decrypt all of it. */
export async function contents(database: OpenDatabase, noun: SealedNoun, ring: KeyRing): Promise<string[]> {
  const { placeOf } = sealedColumns[noun];
  return [...(await sealsOf(database, noun))].map(([id, sealed]) => ring.open(sealed, placeOf(id))).toSorted();
}

/** Promises of re-encryption with another key, the same on both databases. */
export function describeReencryption(kind: DatabaseKind): void {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await kind.create();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await empty(database);
    await database.db.deleteFrom("session").execute();
  });

  describe(`re-encryption (${kind.name})`, () => {
    it("covers every encrypted column of the database", async () => {
      const tables = await database.db.introspection.getTables();
      const sealed = tables.filter(({ columns }) => columns.some(({ name }) => name === "sealed"));
      expect(sealed.map(({ name }) => name).toSorted()).toEqual(
        sealedNouns.map((noun) => sealedColumns[noun].table).toSorted(),
      );
    });

    it("keeps the values, readable with the new key alone, and leaves nothing to do", async () => {
      for (const noun of sealedNouns) await fill(database, noun, idsOf(noun, 120), ringOf(1));
      expect(await readSealUse(database.db, turned)).toMatchObject({ byKey: [noSeals, { signIns: 120 }] });
      const all = { signIns: 120, scheduleSignIns: 120, sessions: 120, channels: 120, ownKeys: 120 };
      expect(await reencryptDatabase(database, turned)).toEqual({ reencrypted: all, unreadable: noSeals });
      for (const noun of sealedNouns) {
        expect(await contents(database, noun, ringOf(2))).toEqual(idsOf(noun, 120).map(contentOf));
        await expect(contents(database, noun, ringOf(1))).rejects.toThrow("sealed with another key");
      }
      expect(await readSealUse(database.db, turned)).toEqual({ byKey: [all, noSeals], byOthers: noSeals });
      expect(await reencryptDatabase(database, turned)).toEqual({ reencrypted: noSeals, unreadable: noSeals });
    });

    it("continues after an interruption at any batch", async () => {
      const ids = idsOf("signIns", 260);
      await fill(database, "signIns", ids, ringOf(1));
      let done = 0;
      for (let runs = 1; done < ids.length; runs += 1) {
        let looks = 0;
        const { reencrypted } = await reencryptDatabase(database, turned, () => {
          looks += 1;
          return looks > 1;
        });
        expect(reencrypted.signIns).toBeGreaterThan(0);
        done += reencrypted.signIns;
        expect(runs).toBeLessThan(20);
      }
      expect(done).toBe(ids.length);
      expect(await contents(database, "signIns", ringOf(2))).toEqual(ids.map(contentOf));
    });

    it("skips and counts values that no key decrypts, that are damaged or that were moved", async () => {
      const ids = idsOf("signIns", 150);
      await fill(database, "signIns", ids.slice(0, 60), ringOf(3));
      await fill(database, "signIns", ids.slice(60), ringOf(1));
      const before = await sealsOf(database, "signIns");
      const put = (id: string, sealed: string) =>
        database.db.updateTable("sign_in").set({ sealed }).where("submission_id", "=", id).execute();
      const [one, two, three] = [present(ids[61]), present(ids[62]), present(ids[63])];
      await put(one, present(before.get(two)));
      await put(two, present(before.get(one)));
      await put(three, present(before.get(three)).slice(0, -4));
      const odd = await sealsOf(database, "signIns");
      expect(await reencryptDatabase(database, turned)).toMatchObject({
        reencrypted: { signIns: 87 },
        unreadable: { signIns: 63 },
      });
      const after = await sealsOf(database, "signIns");
      for (const id of [...ids.slice(0, 60), one, two, three]) expect(after.get(id)).toBe(odd.get(id));
      expect(await readSealUse(database.db, turned)).toMatchObject({
        byKey: [{ signIns: 87 }, { signIns: 3 }],
        byOthers: { signIns: 60 },
      });
    });

    it("keeps concurrent replacements and erasures", async () => {
      const ids = idsOf("signIns", 300);
      await fill(database, "signIns", ids, ringOf(1));
      const { placeOf } = sealedColumns.signIns;
      const replaced = ids.filter((_, index) => index % 3 === 0);
      const erased = ids.filter((_, index) => index % 3 === 1);
      const others = (async () => {
        for (const [index, id] of replaced.entries()) {
          const sealed = ringOf(1).seal("newer", placeOf(id));
          await database.db.updateTable("sign_in").set({ sealed }).where("submission_id", "=", id).execute();
          await database.db.deleteFrom("sign_in").where("submission_id", "=", present(erased[index])).execute();
        }
      })();
      await Promise.all([reencryptDatabase(database, turned), others]);
      // Values that others sealed with the older key meanwhile.
      await reencryptDatabase(database, turned);
      const kept = ids.filter((_, index) => index % 3 !== 1);
      const seals = await sealsOf(database, "signIns");
      expect([...seals.keys()].toSorted()).toEqual(kept);
      for (const [id, sealed] of seals) {
        expect(ringOf(2).open(sealed, placeOf(id))).toBe(replaced.includes(id) ? "newer" : contentOf(id));
      }
    });
  });
}

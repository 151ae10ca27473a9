import { setImmediate as nextTurn } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openAuditChain } from "../src/audit/audit-chain.ts";
import type { AuditEvent } from "../src/audit/audit-event.ts";
import { verifyAuditChain } from "../src/audit/verify-audit.ts";
import { createKeyRing } from "../src/database/keys.ts";
import type { OpenDatabase } from "../src/database/open-database.ts";
import { type DatabaseKind, empty, noon, ringOf } from "./database-bench.ts";

const eventOf = (object: string): AuditEvent => ({
  at: noon,
  actor: "dev:admin",
  action: "job.create",
  object,
  result: "intent",
});

/** Promises of the audit chain, the same on both databases. */
export function describeAuditChain(kind: DatabaseKind): void {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await kind.create();
  });
  afterAll(() => database.close());
  beforeEach(() => empty(database));

  async function append(...objects: string[]): Promise<void> {
    const audit = await openAuditChain(database.db, ringOf(1));
    for (const object of objects) await database.db.transaction().execute((tx) => audit.append(tx, eventOf(object)));
  }
  const verify = (ring = ringOf(1)) => verifyAuditChain(database.db, ring);
  const entries = () =>
    database.db.selectFrom("audit").select(["seq", "key_name", "entry", "hash"]).orderBy("seq").execute();
  const five = ["a", "b", "c", "d", "e"];

  describe(`the audit chain (${kind.name})`, () => {
    it("is intact when empty, with one entry, with several pages, and while it grows", async () => {
      expect(await verify()).toMatchObject({ intact: true, entries: 0 });
      await append();
      expect(await verify()).toMatchObject({ intact: true, entries: 0 });
      await append("a");
      expect(await verify()).toMatchObject({ intact: true, entries: 1 });
      const audit = await openAuditChain(database.db, ringOf(1));
      await database.db.transaction().execute(async (tx) => {
        for (let count = 0; count < 1_100; count += 1) await audit.append(tx, eventOf(`submission/${count}`));
      });
      expect(await verify()).toMatchObject({ intact: true, entries: 1_101 });
      // While the server keeps writing.
      let writing = true;
      const writer = (async () => {
        for (let count = 0; writing; count += 1) {
          await database.db.transaction().execute((tx) => audit.append(tx, eventOf(`${count}`)));
          // SQLite responds synchronously: without a pause nothing else would run.
          await nextTurn();
        }
      })();
      const verdicts = [];
      for (let round = 0; round < 15; round += 1) verdicts.push(await verify());
      writing = false;
      await writer;
      expect(verdicts.filter(({ intact }) => !intact)).toEqual([]);
    });

    it("has no entry of a rolled-back action, and no gap", async () => {
      const audit = await openAuditChain(database.db, ringOf(1));
      await append("a");
      const act = database.db.transaction().execute(async (tx) => {
        await audit.append(tx, eventOf("undone"));
        throw new Error("the act failed");
      });
      await expect(act).rejects.toThrow("the act failed");
      await append("b");
      expect((await entries()).map(({ entry }) => JSON.parse(entry).object)).toEqual(["a", "b"]);
      expect(await verify()).toMatchObject({ intact: true, entries: 2 });
    });

    it("stays one chain under concurrent writes", async () => {
      const audit = await openAuditChain(database.db, ringOf(1));
      const write = (count: number) => database.db.transaction().execute((tx) => audit.append(tx, eventOf(`${count}`)));
      await Promise.all(Array.from({ length: 40 }, (_, count) => write(count)));
      expect(await verify()).toMatchObject({ intact: true, entries: 40 });
    });

    it.each<[string, number, () => Promise<unknown>]>([
      [
        "a changed word",
        3,
        () =>
          database.db
            .updateTable("audit")
            .set((row) => ({ entry: row.fn("replace", ["entry", row.val("admin"), row.val("nobody")]) }))
            .where("seq", "=", 3)
            .execute(),
      ],
      [
        "a changed hash",
        3,
        () =>
          database.db
            .updateTable("audit")
            .set({ hash: "0".repeat(64) })
            .where("seq", "=", 3)
            .execute(),
      ],
      ["a hash cut short", 3, () => database.db.updateTable("audit").set({ hash: "" }).where("seq", "=", 3).execute()],
      ["an entry taken out", 3, () => database.db.deleteFrom("audit").where("seq", "=", 3).execute()],
      ["the first entry taken out", 1, () => database.db.deleteFrom("audit").where("seq", "=", 1).execute()],
      [
        "an entry taken out and the gap closed",
        3,
        async () => {
          await database.db.deleteFrom("audit").where("seq", "=", 3).execute();
          for (const seq of [4, 5])
            await database.db
              .updateTable("audit")
              .set({ seq: seq - 1 })
              .where("seq", "=", seq)
              .execute();
          await database.db.updateTable("audit_head").set({ seq: 4 }).execute();
        },
      ],
      [
        "an entry put in",
        6,
        async () => {
          const last = (await entries()).at(-1);
          if (last !== undefined)
            await database.db
              .insertInto("audit")
              .values({ ...last, seq: 6 })
              .execute();
        },
      ],
      [
        "two entries exchanged",
        2,
        async () => {
          for (const [from, to] of [
            [2, 9],
            [3, 2],
            [9, 3],
          ] as const) {
            await database.db.updateTable("audit").set({ seq: to }).where("seq", "=", from).execute();
          }
        },
      ],
      ["the end cut off", 5, () => database.db.deleteFrom("audit").where("seq", ">", 4).execute()],
      [
        "the end cut off and the head set back",
        4,
        async () => {
          await database.db.deleteFrom("audit").where("seq", ">", 3).execute();
          const last = (await entries()).at(-1);
          await database.db
            .updateTable("audit_head")
            .set({ seq: 3, hash: last?.hash ?? "" })
            .execute();
        },
      ],
      [
        "everything cut off and the head set back",
        1,
        async () => {
          await database.db.deleteFrom("audit").execute();
          await database.db.updateTable("audit_head").set({ seq: 0, hash: null, key_name: null, mark: null }).execute();
        },
      ],
      ["the head taken out", 6, () => database.db.deleteFrom("audit_head").execute()],
      ["the mark of the head taken out", 6, () => database.db.updateTable("audit_head").set({ mark: null }).execute()],
      [
        "the name of a key changed",
        2,
        () => database.db.updateTable("audit").set({ key_name: "audit/2" }).where("seq", "=", 2).execute(),
      ],
    ])("shows %s, at the entry", async (_, brokenAt, tamper) => {
      await append(...five);
      await tamper();
      try {
        expect(await verify()).toMatchObject({ intact: false, brokenAt, entries: brokenAt - 1 });
      } finally {
        const heads = await database.db.selectFrom("audit_head").select("seq").execute();
        if (heads.length === 0) await database.db.insertInto("audit_head").values({ seq: 0 }).execute();
      }
    });

    it.each([3, 0])(
      "shows for ever that it was cut back to %d entries, though the server went on writing",
      async (kept) => {
        await append(...five);
        await database.db.deleteFrom("audit").where("seq", ">", kept).execute();
        const last = (await entries()).at(-1);
        await database.db
          .updateTable("audit_head")
          .set({ seq: kept, hash: last?.hash ?? null, mark: null })
          .execute();
        await append("f", "g", "h");
        expect(await verify()).toMatchObject({ intact: false, brokenAt: kept + 1 });
      },
    );

    describe("compared with an anchor", () => {
      /** Attack by somebody with the keys: truncates the chain and builds a valid one from the kept entries. */
      async function cutBackWithKeys(kept: number): Promise<void> {
        const old = (await entries()).slice(0, kept);
        await database.db.deleteFrom("audit").execute();
        await database.db.updateTable("audit_head").set({ seq: 0, hash: null, key_name: null, mark: null }).execute();
        await database.db.deleteFrom("key").execute();
        await append(...old.map(({ entry }) => (JSON.parse(entry) as AuditEvent).object));
      }
      const anchorAt = async (seq: number) => new Map([[seq, (await entries())[seq - 1]?.hash ?? ""]]);
      const compare = (anchors: ReadonlyMap<number, string>) => verifyAuditChain(database.db, ringOf(1), { anchors });

      it("is intact when the anchor matches, also after more entries", async () => {
        await append(...five);
        const anchors = await anchorAt(5);
        expect(await compare(anchors)).toMatchObject({ intact: true, entries: 5 });
        await append("f");
        expect(await compare(anchors)).toMatchObject({ intact: true, entries: 6 });
      });

      it("detects truncation by somebody who has the keys", async () => {
        await append(...five);
        const anchors = await anchorAt(5);
        await cutBackWithKeys(3);
        expect(await verify()).toMatchObject({ intact: true, entries: 3 });
        expect(await compare(anchors)).toMatchObject({ intact: false, brokenAt: 4, entries: 3 });
      });

      it("shows a chain that was rewritten, however long it has become", async () => {
        await append(...five);
        const anchors = await anchorAt(2);
        await cutBackWithKeys(5);
        await append("f", "g");
        expect(await verify()).toMatchObject({ intact: true, entries: 7 });
        expect(await compare(anchors)).toMatchObject({ intact: false, brokenAt: 2 });
      });
    });

    it("refuses the action when the head is missing", async () => {
      const audit = await openAuditChain(database.db, ringOf(1));
      await database.db.deleteFrom("audit_head").execute();
      const act = database.db.transaction().execute((tx) => audit.append(tx, eventOf("a")));
      await expect(act).rejects.toThrow();
      await database.db.insertInto("audit_head").values({ seq: 0 }).execute();
      expect(await entries()).toEqual([]);
    });

    it("continues with a new key when the encryption key changes, and reports the entries that cannot be verified", async () => {
      await append("a", "b");
      const other = await openAuditChain(database.db, ringOf(2));
      await database.db.transaction().execute((tx) => other.append(tx, eventOf("c")));
      const both = createKeyRing([Buffer.alloc(32, 2), Buffer.alloc(32, 1)]);
      expect(await verify(both)).toMatchObject({ intact: true, entries: 3 });
      expect(await verify(ringOf(2))).toMatchObject({ intact: false, brokenAt: 1, why: expect.stringMatching(/key/) });
      expect(await verify(ringOf(1))).toMatchObject({ intact: false, brokenAt: 3, why: expect.stringMatching(/key/) });
    });

    it("is intact with another encryption key before the first entry", async () => {
      await append();
      const other = await openAuditChain(database.db, ringOf(2));
      expect(await verify(ringOf(2))).toMatchObject({ intact: true, entries: 0 });
      await database.db.transaction().execute((tx) => other.append(tx, eventOf("a")));
      expect(await verify(ringOf(2))).toMatchObject({ intact: true, entries: 1 });
    });
  });
}

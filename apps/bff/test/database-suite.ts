import { randomUUID } from "node:crypto";
import { WscError } from "@wsc-dashboard/wsc-core";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { translateDatabaseErrors } from "../src/database/database-errors.ts";
import { createIdempotency } from "../src/database/idempotency.ts";
import { createKeyRing, SealBroken } from "../src/database/keys.ts";
import { migrations } from "../src/database/migrations.ts";
import { openNamedKey } from "../src/database/named-keys.ts";
import { isWritable, type OpenDatabase } from "../src/database/open-database.ts";
import { createMemoTokens } from "../src/intake/memo-tokens.ts";
import { createCredentialVault } from "../src/outbox/credential-vault.ts";
import { type Bench, createBench, type DatabaseKind, noon, ringOf } from "./database-bench.ts";

const hour = 3_600_000;
const codeIs = (code: string) => expect.objectContaining({ code });

/** Promises of the database itself and of what is stored besides submissions, the same on both databases. */
export function describeDatabase(kind: DatabaseKind): void {
  describe(`the schema (${kind.name})`, () => {
    let database: OpenDatabase;
    beforeEach(async () => {
      database = await kind.create();
    });
    afterEach(() => database.close());
    const names = async () =>
      (await sql<{ name: string }>`select name from kysely_migration order by name`.execute(database.db)).rows.map(
        ({ name }) => name,
      );

    it("migrates an empty database to the newest version, and is unchanged when opened again", async () => {
      await database.close();
      database = await kind.createFromNothing();
      expect(await names()).toEqual(Object.keys(migrations));
      const bench = await createBench(database);
      const { id } = await bench.add();
      await database.close();
      database = await kind.reopen(database);
      expect(await names()).toEqual(Object.keys(migrations));
      expect(await database.db.selectFrom("submission").select("id").execute()).toEqual([{ id }]);
      expect(await database.db.selectFrom("send_lock").select("name").orderBy("name").execute()).toEqual([
        { name: "createJob" },
        { name: "resend" },
      ]);
      expect(await isWritable(database)).toBe(true);
    });

    it("of a newer version is refused and left unchanged", async () => {
      await sql`insert into kysely_migration (name, timestamp) values ('9999_future', '2099-01-01T00:00:00.000Z')`.execute(
        database.db,
      );
      await database.close();
      await expect(kind.reopen(database)).rejects.toThrow(/written by a newer version/);
      database = await kind.create();
    });
  });

  describe(`a long series of queries and transactions (${kind.name})`, () => {
    /** Far more than any machine runs in one burst. */
    const maxCount = 50_000;
    let database: OpenDatabase;
    beforeEach(async () => {
      database = await kind.create();
    });
    afterEach(() => database.close());

    /** Repeats work until a timer has fired that was set before. Returns whether it fired. */
    async function repeatUntilTimer(work: () => Promise<unknown>): Promise<boolean> {
      let hasFired = false;
      setTimeout(() => {
        hasFired = true;
      });
      for (let count = 0; count < maxCount && !hasFired; count += 1) await work();
      return hasFired;
    }
    const read = (db: Pick<OpenDatabase["db"], "selectFrom">) => db.selectFrom("send_lock").select("name").execute();

    it("lets other work go on", async () => {
      const { db } = database;
      expect(await repeatUntilTimer(() => read(db))).toBe(true);
      expect(await repeatUntilTimer(() => db.transaction().execute((tx) => read(tx)))).toBe(true);
    });
  });

  describe(`other tables of the database (${kind.name})`, () => {
    let database: OpenDatabase;
    let bench: Bench;
    beforeAll(async () => {
      database = await kind.create();
    });
    afterAll(() => database.close());
    beforeEach(async () => {
      bench = await createBench(database);
    });

    describe("an Idempotency-Key", () => {
      const idempotency = createIdempotency(Buffer.alloc(32, 9));
      const ask = (content: unknown = { a: 1 }, key = "key-0123456789abcdef", user = "dev:admin") =>
        idempotency.requestOf(user, "POST /api/jobs", key, content);
      const take = (request = ask(), at = noon) => bench.transact((tx) => idempotency.take(tx, request, at));
      const kept = { status: 202, body: { submission: { id: "1", memo: "메모" } } };

      it("is used once; a repetition gets the stored answer", async () => {
        expect(await take()).toBeNull();
        await idempotency.keep(database.db, ask(), kept);
        expect(await take()).toEqual(kept);
        expect(await take()).toEqual(kept);
      });

      it("is separate for each person, endpoint and key", async () => {
        expect(await take()).toBeNull();
        expect(await take(ask({ a: 1 }, "key-0123456789abcdeg"))).toBeNull();
        expect(await take(ask({ a: 1 }, undefined, "dev:operator"))).toBeNull();
        expect(
          await take(idempotency.requestOf("dev:admin", "POST /api/schedules", "key-0123456789abcdef", {})),
        ).toBeNull();
      });

      it("with another request is refused, whether answered or not", async () => {
        await take();
        await expect(take(ask({ a: 2 }))).rejects.toThrow(codeIs("IDEMPOTENCY_KEY_REUSED"));
        await idempotency.keep(database.db, ask(), kept);
        await expect(take(ask({ a: 2 }))).rejects.toThrow(codeIs("IDEMPOTENCY_KEY_REUSED"));
      });

      it("whose first request is still running is refused, and free once that has failed", async () => {
        await take();
        await expect(take(ask(), noon + 119_999)).rejects.toThrow(codeIs("IDEMPOTENCY_KEY_RUNNING"));
        expect(await take(ask(), noon + 120_000)).toBeNull();
        await expect(take(ask(), noon + 120_001)).rejects.toThrow(codeIs("IDEMPOTENCY_KEY_RUNNING"));
      });

      it("whose request failed can be used again; an answer is never discarded", async () => {
        await take();
        await idempotency.release(database.db, ask());
        expect(await take()).toBeNull();
        await idempotency.keep(database.db, ask(), kept);
        await idempotency.release(database.db, ask());
        expect(await take()).toEqual(kept);
      });

      it("of a rolled-back action is unused", async () => {
        const act = bench.transact(async (tx) => {
          await idempotency.take(tx, ask(), noon);
          throw new Error("the act failed");
        });
        await expect(act).rejects.toThrow("the act failed");
        expect(await take()).toBeNull();
      });

      it("sent ten times at once makes one submission", async () => {
        const submit = () =>
          bench.transact(async (tx) => {
            const earlier = await idempotency.take(tx, ask(), noon);
            if (earlier !== null) return earlier.body;
            await bench.outbox.insert(tx, {
              id: randomUUID(),
              token: `wsc${randomUUID()}`,
              request: JSON.parse('{"startUrl":"https://a.example.com/","memo":""}'),
              user: { id: "dev:admin", name: "admin", roles: ["admin"] },
              createdAt: noon,
              dueAt: noon,
              requestId: "request-1",
            });
            await idempotency.keep(tx, ask(), kept);
            return kept.body;
          });
        const answers = await Promise.all(Array.from({ length: 10 }, submit));
        expect(answers).toEqual(Array.from({ length: 10 }, () => kept.body));
        expect(await database.db.selectFrom("submission").select("id").execute()).toHaveLength(1);
      });

      it("is stored for two days without the request", async () => {
        await take(ask({ headers: { Cookie: "SID=idempotency-canary" } }));
        await idempotency.keep(database.db, ask(), kept);
        expect(JSON.stringify(await database.db.selectFrom("idempotency").selectAll().execute())).not.toMatch(/canary/);
        await idempotency.forgetOld(database.db, noon + 48 * hour);
        expect(await database.db.selectFrom("idempotency").select("scope").execute()).toHaveLength(1);
        await idempotency.forgetOld(database.db, noon + 48 * hour + 1);
        expect(await database.db.selectFrom("idempotency").select("scope").execute()).toEqual([]);
      });
    });

    describe("the credential vault", () => {
      const signIn = { kind: "headers" as const, headers: { Cookie: "SID=vault-canary-71", "X-Team": "값" } };
      const vault = () => createCredentialVault(database, ringOf(1));
      const put = (id: string) => bench.transact((tx) => vault().put(tx, id, signIn));

      it("returns what was stored, and keeps nothing readable in the database", async () => {
        const { id } = await bench.add();
        await put(id);
        expect(await vault().open(id, "headers")).toEqual(signIn);
        expect(await vault().open("unknown", "none")).toEqual({ kind: "none" });
        expect(JSON.stringify(await database.db.selectFrom("sign_in").selectAll().execute())).not.toMatch(/canary|값/);
      });

      it("distinguishes missing credentials from a submission without any", async () => {
        const { id } = await bench.add();
        await put(id);
        await vault().erase(id);
        for (const kind of ["headers", "form"] as const) {
          await expect(vault().open(id, kind)).rejects.toThrow(codeIs("SIGN_IN_UNREADABLE"));
        }
      });

      it("decrypts nothing that was moved to another submission", async () => {
        const [first, second] = [await bench.add(), await bench.add()];
        await put(first.id);
        await put(second.id);
        const rows = await database.db.selectFrom("sign_in").selectAll().execute();
        for (const [index, row] of rows.entries()) {
          const other = rows[1 - index]?.submission_id ?? "";
          await database.db
            .updateTable("sign_in")
            .set({ sealed: row.sealed })
            .where("submission_id", "=", other)
            .execute();
        }
        await expect(vault().open(first.id, "headers")).rejects.toThrow(SealBroken);
        await expect(vault().open(second.id, "headers")).rejects.toThrow(SealBroken);
      });

      it("reports a wrong key as such, and not as a database failure", async () => {
        const { id } = await bench.add();
        await put(id);
        await expect(createCredentialVault(database, ringOf(2)).open(id, "headers")).rejects.toThrow(SealBroken);
      });

      it("erases credentials of final submissions, and only those", async () => {
        const [open, settled, single] = [await bench.add(), await bench.add(), await bench.add()];
        for (const { id } of [open, settled, single]) await put(id);
        await database.db.updateTable("submission").set({ settled_at: noon }).where("id", "=", settled.id).execute();
        await vault().eraseSettled();
        await vault().erase(single.id);
        await vault().erase("unknown");
        const left = await database.db.selectFrom("sign_in").select("submission_id").execute();
        expect(left).toEqual([{ submission_id: open.id }]);
      });

      it("stores no credentials when the submission is rolled back", async () => {
        const act = bench.transact(async (tx) => {
          await vault().put(tx, "never", signIn);
          throw new Error("the act failed");
        });
        await expect(act).rejects.toThrow("the act failed");
        expect(await vault().open("never", undefined)).toEqual({ kind: "none" });
      });
    });

    describe("previews", () => {
      it("of one person that wait are limited: older ones make way, those of others do not", async () => {
        const { database } = bench;
        const tokens = createMemoTokens(database);
        const other = await tokens.promise("other", "content", noon);
        const promised: string[] = [];
        for (let number = 0; number < 110; number += 1) {
          promised.push(await tokens.promise("one", `content ${number}`, noon + number));
        }
        const { count } = await database.db
          .selectFrom("preview")
          .select(({ fn }) => fn.countAll<number>().as("count"))
          .where("owner_id", "=", "one")
          .executeTakeFirstOrThrow();
        expect(Number(count)).toBe(100);
        const take = (owner: string, content: string) =>
          bench.transact((tx) => tokens.take(tx, owner, content, noon + 200));
        expect(await take("one", "content 109")).toBe(promised.at(-1));
        expect(await take("one", "content 0")).not.toBe(promised[0]);
        expect(await take("other", "content")).toBe(other);
      });
    });

    describe("named keys", () => {
      it("are created once under concurrent requests, and stay the same", async () => {
        await database.db.deleteFrom("key").execute();
        const keys = await Promise.all(Array.from({ length: 6 }, () => openNamedKey(database.db, ringOf(1), "audit")));
        expect(new Set(keys.map(({ name, bytes }) => `${name} ${bytes.toString("hex")}`)).size).toBe(1);
        expect(keys[0]).toMatchObject({ name: "audit/1" });
        expect(keys[0]?.bytes).toHaveLength(32);
        expect((await openNamedKey(database.db, ringOf(1), "idempotency")).bytes).not.toEqual(keys[0]?.bytes);
      });

      it("are replaced under another key ring, and restored with the first", async () => {
        const first = await openNamedKey(database.db, ringOf(1), "idempotency");
        const second = await openNamedKey(database.db, ringOf(2), "idempotency");
        expect([first.name, second.name]).toEqual(["idempotency/1", "idempotency/2"]);
        const both = createKeyRing([Buffer.alloc(32, 1), Buffer.alloc(32, 2)]);
        expect(await openNamedKey(database.db, both, "idempotency")).toEqual(second);
      });

      it("do not decrypt under another name", async () => {
        const { bytes } = await openNamedKey(database.db, ringOf(1), "idempotency");
        await database.db
          .insertInto("key")
          .columns(["name", "sealed"])
          .expression(
            database.db
              .selectFrom("key")
              .select([sql.lit("idempotency/2").as("name"), "sealed"])
              .where("name", "=", "idempotency/1"),
          )
          .execute();
        const next = await openNamedKey(database.db, ringOf(1), "idempotency");
        expect(next.name).toBe("idempotency/3");
        expect(next.bytes).not.toEqual(bytes);
      });
    });

    describe("the guard", () => {
      it("maps database errors to STORE_UNAVAILABLE, and passes our own errors on", async () => {
        const guarded = translateDatabaseErrors(database);
        const broken = guarded(() => sql`select * from no_such_table`.execute(database.db));
        await expect(broken).rejects.toThrow(codeIs("STORE_UNAVAILABLE"));
        const own = new WscError("JOB_NOT_FOUND");
        await expect(guarded(() => Promise.reject(own))).rejects.toBe(own);
        const seal = new SealBroken("does not open");
        await expect(guarded(() => Promise.reject(seal))).rejects.toBe(seal);
      });
    });
  });
}

import { copyFileSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, type Emulator } from "@wsc-dashboard/wsc-emulator";
import BetterSqlite from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSqliteDatabase } from "../src/database/open-database.ts";
import { accessKey, type Bff, jobBody, secretKey, startBff, until } from "./start-bff.ts";
import { startProgram } from "./start-program.ts";

const fileName = "wsc-dashboard.sqlite";
let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "wsc-checks-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));
const file = (): string => join(directory, fileName);

describe("while the server runs on SQLite", () => {
  let emulator: Emulator;
  let bff: Bff;
  beforeEach(async () => {
    emulator = await createEmulator({ accessKey, secretKey, paceMs: 3_600_000 });
    bff = await startBff({ upstreamUrl: emulator.origin, environment: { WSC_DATA_DIR: directory } });
  });
  afterEach(async () => {
    await bff.close();
    await emulator.close();
  });
  const creates = () => emulator.control.requests().filter(({ operation }) => operation === "createJob");
  const post = () => bff.ask("POST", "/api/jobs", { body: jobBody(`${emulator.origin}/`) });
  const ready = () => bff.ask("GET", "/readyz");

  it("readiness and its metric each prove a write to the disk", async () => {
    const { db } = bff.database;
    const writes = async () => (await db.selectFrom("database_identity").select("writes").executeTakeFirst())?.writes;
    const log = () => readFileSync(`${file()}-wal`);
    for (const ask of [ready, ready, bff.metrics]) {
      const [countBefore, before] = [await writes(), log()];
      await ask();
      expect(await writes()).toBe((countBefore ?? 0) + 1);
      expect(log().equals(before)).toBe(false);
    }
  });

  const aside = () => `${file()}.aside`;
  const ways: Readonly<Record<string, { harm: () => void; repair: () => void }>> = {
    "the file was moved away": {
      harm: () => renameSync(file(), aside()),
      repair: () => renameSync(aside(), file()),
    },
    "the file was replaced by a copy": {
      harm: () => {
        renameSync(file(), aside());
        copyFileSync(aside(), file());
      },
      repair: () => renameSync(aside(), file()),
    },
    "its log was moved away": {
      harm: () => renameSync(`${file()}-wal`, aside()),
      repair: () => renameSync(aside(), `${file()}-wal`),
    },
    "its lock was moved away": {
      harm: () => renameSync(join(directory, "wsc-dashboard.lock"), aside()),
      repair: () => renameSync(aside(), join(directory, "wsc-dashboard.lock")),
    },
  };
  it.each(Object.keys(ways))("when %s nothing is accepted and nothing is sent", async (name) => {
    const { harm, repair } = ways[name] ?? {};
    emulator.control.addFault({
      operation: "createJob",
      times: 1,
      effect: { kind: "service-error", code: "160454" },
    });
    expect((await post()).status).toBe(202);
    const submissions = async () => (await bff.ask("GET", "/api/submissions")).json.submissions;
    await until(submissions, ([only]) => only?.state === "RETRY_WAIT");
    harm?.();
    expect(await ready()).toMatchObject({ status: 503, json: { status: "store" } });
    expect(await bff.metrics()).toMatch(/^wsc_store_writable 0$/m);
    expect(await post()).toMatchObject({ status: 503, json: { code: "STORE_UNAVAILABLE" } });
    // The open connection still reaches the moved file: the call is due again from now on.
    await bff.database.db.updateTable("submission").set({ next_at: Date.now() }).execute();
    const failures = () => bff.logs.filter((line) => line.includes("STORE_UNAVAILABLE")).length;
    const before = failures();
    await until(failures, (count) => count > before + 3);
    expect(creates()).toHaveLength(1);
    repair?.();
    expect((await ready()).status).toBe(200);
    await until(creates, ({ length }) => length === 2);
  });

  it("its write-ahead log is truncated when it has grown", async () => {
    const { db } = bff.database;
    const content = "x".repeat(1_000_000);
    for (let round = 0; round < 12; round += 1) {
      await db
        .insertInto("draft")
        .values({ owner_id: `dev:${round}`, content, saved_at: Date.now() })
        .execute();
    }
    bff.database.boundLog();
    expect(readFileSync(`${file()}-wal`).length).toBeLessThan(5_000_000);
  });
});

describe("a database with another identity than before", () => {
  async function use(where: string): Promise<string> {
    const database = await openSqliteDatabase(where);
    await database.close();
    return database.identity;
  }
  const accept = async (): Promise<readonly string[]> => {
    const program = startProgram("wsc", { WSC_DATA_DIR: directory }, ["database", "accept"]);
    expect(await program.ended).toBe(0);
    return program.stdout;
  };

  it("is accepted at the first start and recognised at later ones", async () => {
    expect(await use(directory)).toBe(await use(directory));
  });

  it("is refused when it is missing, and not created, until an admin confirms it", async () => {
    const known = await use(directory);
    rmSync(file());
    await expect(use(directory)).rejects.toThrow(
      `this is not the database that was used before (known ${known}, found an empty one)`,
    );
    expect(() => readFileSync(file())).toThrow(/ENOENT/);
    expect(await accept()).toEqual([expect.stringContaining(`database ${known} is no longer expected`)]);
    expect(await use(directory)).not.toBe(known);
  });

  it("is refused when it is another one, and left unchanged", async () => {
    const known = await use(directory);
    const elsewhere = mkdtempSync(join(tmpdir(), "wsc-checks-"));
    const other = await use(elsewhere);
    copyFileSync(join(elsewhere, fileName), file());
    rmSync(elsewhere, { recursive: true });
    const before = readFileSync(file());
    await expect(use(directory)).rejects.toThrow(new RegExp(`known ${known}, found ${other}`));
    expect(readFileSync(file()).equals(before)).toBe(true);
    await accept();
    expect(await use(directory)).toBe(other);
  });

  it("is refused when it is of a version without an identity", async () => {
    await use(directory);
    const older = new BetterSqlite(file());
    older.exec("drop table database_identity");
    older.close();
    await expect(use(directory)).rejects.toThrow(/found an empty one/);
  });
});

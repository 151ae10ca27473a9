import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type OpenDatabase, openDatabaseForReading, openSqliteDatabase } from "../src/database/open-database.ts";
import { createBench } from "./database-bench.ts";
import { startProgram, startServer } from "./start-program.ts";

const fileName = "wsc-dashboard.sqlite";
let template: string;
let directory: string;
let opened: OpenDatabase[];
beforeAll(async () => {
  template = mkdtempSync(join(tmpdir(), "wsc-template-"));
  const database = await openSqliteDatabase(template);
  const bench = await createBench(database);
  for (let count = 0; count < 40; count += 1) await bench.add();
  await database.close();
});
afterAll(() => rmSync(template, { recursive: true, force: true }));
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "wsc-refusal-"));
  opened = [];
});
afterEach(async () => {
  for (const database of opened) await database.close();
  chmodSync(directory, 0o700);
  rmSync(directory, { recursive: true, force: true });
});

const file = (): string => join(directory, fileName);
const copyTemplate = (): void => cpSync(template, directory, { recursive: true });
async function open(where = directory): Promise<OpenDatabase> {
  const database = await openSqliteDatabase(where);
  opened.push(database);
  return database;
}
/** The output of a server that refuses to start; its exit code must be 1, and the output a single line. */
async function refusalOf(where: string): Promise<string> {
  const program = startProgram("main", { WSC_DATA_DIR: where });
  expect(await program.ended).toBe(1);
  expect(program.stderr).toHaveLength(1);
  return program.stderr[0] ?? "";
}

describe("the files of a database", () => {
  it("are readable by their owner only", async () => {
    const nested = join(directory, "deep", "data");
    const database = await open(nested);
    await createBench(database);
    const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);
    expect(modeOf(nested)).toBe("700");
    const modes = Object.fromEntries(readdirSync(nested).map((name) => [name, modeOf(join(nested, name))]));
    expect(modes).toEqual({
      [fileName]: "600",
      [`${fileName}-shm`]: "600",
      [`${fileName}-wal`]: "600",
      "wsc-dashboard.identity": "600",
      "wsc-dashboard.lock": "600",
      "wsc-dashboard.lock-journal": "600",
    });
  });

  it("are made private again when their mode was changed", async () => {
    copyTemplate();
    chmodSync(file(), 0o666);
    await open();
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it("commit to the disk: a write-ahead log, synced at every commit, erased bytes overwritten", async () => {
    const { db } = await open();
    const pragma = async (name: string) => {
      const { rows } = await db.executeQuery<Record<string, unknown>>({
        ...db.selectNoFrom([]).compile(),
        sql: `pragma ${name}`,
        parameters: [],
      });
      return Object.values(rows[0] ?? {})[0];
    };
    expect(await pragma("journal_mode")).toBe("wal");
    expect(await pragma("synchronous")).toBe(2);
    expect(await pragma("secure_delete")).toBe(1);
  });
});

describe("a second process on the same directory", () => {
  it("is refused at once with one sentence, and the first does not notice", async () => {
    const first = await startServer({ WSC_DATA_DIR: directory });
    try {
      expect(await refusalOf(directory)).toBe(`WSC_DATA_DIR: another process uses the data directory ${directory}`);
      const ready = await fetch(`http://127.0.0.1:${first.port}/readyz`);
      expect(ready.status).toBe(200);
      expect(await refusalOf(directory)).toMatch(/another process/);
    } finally {
      await first.stop();
    }
    const third = await startServer({ WSC_DATA_DIR: directory });
    await third.stop();
  });

  it("may start as soon as the first was killed", async () => {
    const first = await startServer({ WSC_DATA_DIR: directory });
    first.kill("SIGKILL");
    expect(await first.ended).toBe("SIGKILL");
    const second = await startServer({ WSC_DATA_DIR: directory });
    await second.stop();
  });
});

describe("a damaged database is refused, and left as it is:", () => {
  const damage: [string, (path: string) => void][] = [
    ["garbage", (path) => writeFileSync(path, "this is no database ".repeat(500))],
    ["an empty file", (path) => truncateSync(path, 0)],
    ["one cut in the middle of a page", (path) => truncateSync(path, statSync(path).size - 1_000)],
    ["one cut to half", (path) => truncateSync(path, Math.floor(statSync(path).size / 2 / 4_096) * 4_096)],
    ["one whose header is gone", (path) => overwrite(path, 0, Buffer.alloc(100))],
    ["one with a page of zeros", (path) => overwrite(path, 4 * 4_096, Buffer.alloc(4_096))],
    ["one with a page of noise", (path) => overwrite(path, 5 * 4_096, Buffer.alloc(4_096, 0xa5))],
  ];
  function overwrite(path: string, offset: number, bytes: Buffer): void {
    const content = readFileSync(path);
    bytes.copy(content, offset);
    writeFileSync(path, content);
  }

  it.each(damage)("%s", async (_, harm) => {
    copyTemplate();
    harm(file());
    const before = readFileSync(file());
    await expect(open()).rejects.toThrow(expect.objectContaining({ name: "DatabaseRefusal" }));
    await expect(open()).rejects.toThrow(/is damaged/);
    expect(readFileSync(file()).equals(before)).toBe(true);
  });

  it("garbage, with one sentence and exit code 1", async () => {
    writeFileSync(file(), "this is no database ".repeat(500));
    expect(await refusalOf(directory)).toBe(`WSC_DATA_DIR: the database in ${directory} is damaged (SQLITE_NOTADB)`);
  });

  it("for any changed bytes, or it opens: there is no other outcome", async () => {
    const original = readFileSync(join(template, fileName));
    let refusals = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.nat(original.length - 65),
        fc.uint8Array({ minLength: 1, maxLength: 64 }),
        fc.option(fc.nat(original.length), { freq: 4 }),
        async (offset, bytes, length) => {
          rmSync(directory, { recursive: true, force: true });
          mkdirSync(directory, { mode: 0o700 });
          const content = Buffer.from(original);
          Buffer.from(bytes).copy(content, offset);
          writeFileSync(file(), length === null ? content : content.subarray(0, length));
          const database = await openSqliteDatabase(directory).catch((error: unknown) => error);
          if (database instanceof Error) {
            expect(database).toMatchObject({ name: "DatabaseRefusal" });
            refusals += 1;
          } else await (database as OpenDatabase).close();
        },
      ),
      { numRuns: 150 },
    );
    expect(refusals).toBeGreaterThan(0);
  });
});

describe("a database is refused", () => {
  const record = (statement: string): void => {
    const database = new BetterSqlite(file());
    database.exec(statement);
    database.close();
  };
  const future = "insert into kysely_migration (name, timestamp) values ('9999_future', '2099-01-01T00:00:00.000Z')";

  it("of a newer version, with one sentence and exit code 1, also for readers", async () => {
    copyTemplate();
    record(future);
    expect(await refusalOf(directory)).toBe(
      "WSC_DATA_DIR: the database was written by a newer version of the dashboard",
    );
    await expect(openDatabaseForReading({ databaseUrl: null, dataDirectory: directory })).rejects.toThrow(
      /newer version/,
    );
  });

  it("when a migration fails, and that migration is rolled back", async () => {
    record("create table attempt (x)");
    await expect(open()).rejects.toThrow(expect.objectContaining({ name: "DatabaseRefusal" }));
    const database = new BetterSqlite(file());
    const tables = database.prepare("select name from sqlite_master where type = 'table'").pluck().all();
    database.exec("drop table attempt");
    database.close();
    expect(tables).not.toContain("submission");
    await expect(open()).resolves.toMatchObject({ kind: "sqlite" });
  });

  it.each([
    ["a file", () => join(template, fileName), /is not a directory \(EEXIST\)$/],
    ["a path below a file", () => join(template, fileName, "data"), /is not a directory \(ENOTDIR\)$/],
  ])("in %s, with one sentence and exit code 1", async (_, where, sentence) => {
    expect(await refusalOf(where())).toMatch(sentence);
  });

  it("in a directory that is marked read-only, and nothing is written to it", async () => {
    chmodSync(directory, 0o500);
    await expect(open()).rejects.toThrow(/the data directory .* (is marked read-only|cannot be written to)/);
    expect(readdirSync(directory)).toEqual([]);
  });

  it("that is marked read-only, and its mark stays", async () => {
    copyTemplate();
    chmodSync(file(), 0o400);
    await expect(open()).rejects.toThrow(/the database in .* is marked read-only/);
    expect(statSync(file()).mode & 0o777).toBe(0o400);
  });

  it("whose lock cannot be used", async () => {
    mkdirSync(join(directory, "wsc-dashboard.lock"));
    await expect(open()).rejects.toThrow(/the lock file in .* cannot be used \(SQLITE_CANTOPEN/);
    expect(readdirSync(directory)).toEqual(["wsc-dashboard.lock"]);
  });

  it("without keeping the directory locked", async () => {
    writeFileSync(file(), "this is no database ".repeat(500));
    await expect(open()).rejects.toThrow(/is damaged/);
    rmSync(file());
    await expect(open()).resolves.toMatchObject({ kind: "sqlite" });
  });
});

describe("erased bytes", () => {
  it("are in no file, whatever else was written and erased around them", async () => {
    const database = await open();
    const { db } = database;
    const erased: string[] = [];
    for (let round = 0; round < 6; round += 1) {
      for (let index = 0; index < 40; index += 1) {
        const sealed = `canary-${round}-${index}-`.padEnd(60 + ((index * 397) % 9_000), `${index % 10}x`);
        await db
          .insertInto("sign_in")
          .values({ submission_id: `${round}-${index}`, sealed })
          .execute();
      }
      for (const row of await db.selectFrom("sign_in").selectAll().execute()) {
        if ((row.sealed.length + round) % 3 === 0) continue;
        await db.deleteFrom("sign_in").where("submission_id", "=", row.submission_id).execute();
        erased.push(row.sealed.slice(0, row.sealed.indexOf("-", 10) + 1));
      }
      database.scrub();
    }
    const content = Buffer.concat(
      readdirSync(directory)
        .filter((name) => name !== "wsc-dashboard.lock")
        .map((name) => readFileSync(join(directory, name))),
    );
    expect(erased.length).toBeGreaterThan(100);
    expect(erased.filter((canary) => content.includes(canary))).toEqual([]);
  });

  it("are removed once a reader has ended, and a reader blocks nobody", async () => {
    const database = await open();
    await database.db.insertInto("sign_in").values({ submission_id: "1", sealed: "canary-of-a-reader" }).execute();
    const reader = new BetterSqlite(file(), { readonly: true });
    reader.exec("begin");
    reader.prepare("select count(*) from sign_in").get();
    await database.db.deleteFrom("sign_in").execute();
    const before = performance.now();
    database.scrub();
    // Waiting for the reader would take five seconds.
    expect(performance.now() - before).toBeLessThan(4_900);
    const holders = () => [file(), `${file()}-wal`].filter((path) => readFileSync(path).includes("canary-of-a-reader"));
    expect(holders()).not.toEqual([]);
    reader.exec("commit");
    reader.close();
    database.finishScrub();
    expect(holders()).toEqual([]);
  });
});

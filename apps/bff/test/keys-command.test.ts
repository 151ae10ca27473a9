import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openAuditChain } from "../src/audit/audit-chain.ts";
import { verifyAuditChain } from "../src/audit/verify-audit.ts";
import { createKeyRing } from "../src/database/keys.ts";
import { openDatabaseForReading, openSqliteDatabase } from "../src/database/open-database.ts";
import { readSealUse, sealedNouns } from "../src/database/sealed-values.ts";
import { ringOf } from "./database-bench.ts";
import { contentOf, contents, fill, idsOf } from "./reencryption-suite.ts";
import { until } from "./start-bff.ts";
import { type Program, type Server, startProgram, startServer } from "./start-program.ts";

const keyOf = (byte: number): string => Buffer.alloc(32, byte).toString("base64");
const turned = `${keyOf(2)},${keyOf(1)}`;
const turnedRing = createKeyRing([Buffer.alloc(32, 2), Buffer.alloc(32, 1)]);

// Every test starts processes and waits for them.

let directory: string;
let server: Server | null;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "wsc-keys-"));
  server = null;
});
afterEach(async () => {
  await server?.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** Creates the database of a dashboard that had the first key only. */
async function leaveDatabase(count: number): Promise<void> {
  const database = await openSqliteDatabase(directory);
  await openAuditChain(database.db, ringOf(1));
  for (const noun of sealedNouns) {
    if (noun !== "ownKeys") await fill(database, noun, idsOf(noun, noun === "signIns" ? count : 3), ringOf(1));
  }
  await database.close();
}
const wsc = (verb: string, keys = turned): Program =>
  startProgram("wsc", { WSC_DATA_DIR: directory, WSC_ENCRYPTION_KEYS: keys }, ["keys", verb]);

/** Reads the database while another process uses it. */
async function look<T>(work: (database: Awaited<ReturnType<typeof openDatabaseForReading>>) => Promise<T>): Promise<T> {
  const database = await openDatabaseForReading({ databaseUrl: null, dataDirectory: directory });
  return work(database).finally(() => database.close());
}
const sealUse = () => look(({ db }) => readSealUse(db, turnedRing));

async function serve(keys: string): Promise<Server> {
  server = await startServer({ WSC_DATA_DIR: directory, WSC_ENCRYPTION_KEYS: keys });
  return server;
}
const lineOf = (program: Program, text: string): Promise<string> =>
  until(
    () => program.stdout.find((line) => line.includes(text)) ?? "",
    (line) => line !== "",
  );

/** Kills the command between its first value and its last one; retries with more values when it finished before the kill. */
async function killDuringRewrap(
  count: number,
): Promise<{ count: number; between: Awaited<ReturnType<typeof sealUse>> }> {
  await leaveDatabase(count);
  const killed = wsc("rewrap");
  await until(sealUse, ({ byKey }) => (byKey[0]?.signIns ?? 0) > 0);
  killed.kill("SIGKILL");
  await killed.ended;
  const between = await sealUse();
  if ((between.byKey[1]?.signIns ?? 0) > 0) return { count, between };
  rmSync(directory, { recursive: true });
  mkdirSync(directory);
  return killDuringRewrap(2 * count);
}

describe("wsc keys rewrap", () => {
  it("loses nothing when killed, completes when started again, and names the key that is no longer needed", async () => {
    const { count, between } = await killDuringRewrap(4_000);
    expect((between.byKey[0]?.signIns ?? 0) + (between.byKey[1]?.signIns ?? 0)).toBe(count);

    const again = wsc("rewrap");
    expect(await again.ended).toBe(0);
    const others =
      "sign-ins of schedules (3), sessions (3), receivers and secrets of channels (3), keys of the dashboard's own (1)";
    expect(again.stdout).toEqual([
      `re-encrypted with the first key: sign-ins of submissions (${between.byKey[1]?.signIns}), ${others}`,
      `key 1 of WSC_ENCRYPTION_KEYS seals sign-ins of submissions (${count}), ${others}`,
      expect.stringMatching(/^key 2 of WSC_ENCRYPTION_KEYS seals nothing: it may be removed /),
    ]);
    await look(async (database) => {
      const left = idsOf("signIns", count).map(contentOf);
      expect(await contents({ ...database } as never, "signIns", ringOf(2))).toEqual(left);
      expect(await verifyAuditChain(database.db, ringOf(2))).toMatchObject({ intact: true, entries: 1 });
      const { entry } = await database.db.selectFrom("audit").select("entry").executeTakeFirstOrThrow();
      expect(JSON.parse(entry)).toMatchObject({
        actor: "system",
        action: "keys.rewrap",
        details: { scheduleSignIns: 3, sessions: 3, channels: 3, ownKeys: 1 },
      });
    });
  });

  it("reports with exit code 1 what no key decrypts, and re-encrypts the rest", async () => {
    await leaveDatabase(2);
    const database = await openSqliteDatabase(directory);
    await fill(database, "signIns", ["lost"], ringOf(3));
    await database.close();
    const program = wsc("rewrap");
    expect(await program.ended).toBe(1);
    expect(program.stdout.at(-1)).toBe("no key opens sign-ins of submissions (1)");
    expect(await sealUse()).toMatchObject({ byKey: [{ signIns: 2 }, { signIns: 0 }], byOthers: { signIns: 1 } });
  });

  it.each([
    ["keys of another store", "rewrap", keyOf(9), /not the keys of this database/],
    ["an option it does not have", "forget", turned, /^wsc: /],
  ])("with %s changes nothing and says so with exit code 2", async (_, verb, keys, sentence) => {
    await leaveDatabase(2);
    const program = wsc(verb, keys);
    expect(await program.ended).toBe(2);
    expect(program.stderr[0]).toMatch(sentence);
    expect(await sealUse()).toMatchObject({ byKey: [{ ownKeys: 0 }, { signIns: 2, ownKeys: 1 }], byOthers: {} });
  });

  it("creates no database", async () => {
    rmSync(directory, { recursive: true });
    const program = wsc("rewrap");
    expect(await program.ended).toBe(2);
    expect(program.stderr[0]).toMatch(/no readable database/);
  });
});

describe("a server with a new first key", () => {
  it("re-encrypts everything; the command reports progress and the key that is no longer needed", async () => {
    await leaveDatabase(200);
    const running = await serve(turned);
    expect(JSON.parse(await lineOf(running, "may be taken out"))).toMatchObject({ "wsc.keys": [2] });
    expect(JSON.parse(await lineOf(running, "re-encrypted"))).toMatchObject({
      "wsc.signIns": 200,
      "wsc.sessions": 3,
      "wsc.channels": 3,
      "wsc.ownKeys": 1,
    });
    const rewrap = wsc("rewrap");
    expect(await rewrap.ended).toBe(2);
    expect(rewrap.stderr[0]).toMatch(/another process uses .*; a running server re-encrypts by itself/);
    const status = wsc("status");
    expect(await status.ended).toBe(0);
    expect(status.stdout.at(-1)).toMatch(/^key 2 .* seals nothing: it may be removed/);
  });

  it("without a key that is still needed logs in one line what cannot be decrypted, and leaves it unchanged", async () => {
    await leaveDatabase(7);
    const running = await serve(keyOf(2));
    const line = JSON.parse(await lineOf(running, "no key of WSC_ENCRYPTION_KEYS opens"));
    expect(line).toMatchObject({
      "log.level": "error",
      "wsc.signIns": 7,
      "wsc.scheduleSignIns": 3,
      "wsc.sessions": 3,
      "wsc.channels": 3,
      "wsc.ownKeys": 1,
    });
    await running.stop();
    const status = wsc("status", keyOf(2));
    expect(await status.ended).toBe(1);
    expect(status.stdout.at(-1)).toMatch(/^no key opens sign-ins of submissions \(7\), sign-ins of schedules \(3\)/);
    // With the key restored, everything is readable again.
    const back = await serve(turned);
    expect(JSON.parse(await lineOf(back, "re-encrypted"))).toMatchObject({ "wsc.signIns": 7 });
  });
});

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, type Emulator } from "@wsc-dashboard/wsc-emulator";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTargets } from "./open-targets.ts";
import { accessKey, type Bff, jobBody, secretKey, startBff, until } from "./start-bff.ts";
import { startProgram } from "./start-program.ts";

let emulator: Emulator;
let directory: string;
let bff: Bff;
beforeEach(async () => {
  emulator = await createEmulator({ accessKey, secretKey, paceMs: 3_600_000, queueLimit: 1_000 });
  directory = mkdtempSync(join(tmpdir(), "wsc-outage-"));
  bff = await startBff({
    upstreamUrl: emulator.origin,
    environment: {
      WSC_DATA_DIR: directory,
      WSC_ENCRYPTION_KEYS: Buffer.alloc(32, 1).toString("base64"),
      WSC_SIGNATURE_VALIDITY_MS: "100",
      WSC_INDEX_LAG_MS: "50",
      WSC_LOG_LEVEL: "error",
    },
  });
});
afterEach(async () => {
  await bff.close();
  await emulator.close();
  rmSync(directory, { recursive: true, force: true });
});

const creates = () => emulator.control.requests().filter(({ operation }) => operation === "createJob");
const tokens = (): string[] => creates().map(({ body }) => (body as { Memo: string }).Memo);
const post = (port: number) => bff.ask("POST", "/api/jobs", { body: jobBody(`http://127.0.0.1:${port}/`) });
const submissions = async (): Promise<{ id: string; state: string; reason?: { code: string } }[]> =>
  (await bff.ask("GET", "/api/submissions")).json.submissions;
const settled = (all: { state: string }[]): boolean =>
  all.every(({ state }) => ["BOUND", "FAILED", "CANCELLED", "MISSED"].includes(state));
const unavailable = {
  status: 503,
  headers: { "content-type": expect.stringContaining("application/problem+json") },
  json: { status: 503, code: "STORE_UNAVAILABLE", retryable: true, requestId: expect.any(String) },
};
const run = (statement: string) => sql.raw(statement).execute(bff.database.db);

describe("when the disk is full", () => {
  const pages = async (): Promise<number> =>
    Number((await sql<{ page_count: number }>`pragma page_count`.execute(bff.database.db)).rows[0]?.page_count);
  /** Lets the file grow by `count` more pages. */
  const leave = async (count: number): Promise<void> =>
    void (await run(`pragma max_page_count = ${(await pages()) + count}`));

  /** Posts until the database refuses. */
  async function fill(): Promise<number> {
    for (let accepted = 0; ; accepted += 1) {
      const answer = await post(9);
      if (answer.status === 202) continue;
      expect(answer).toMatchObject(unavailable);
      return accepted;
    }
  }

  it("a new submission is refused with 503 and not stored; reading still works; with free space everything works again by itself", async () => {
    emulator.control.addFault({
      operation: "createJob",
      times: 1_000,
      effect: { kind: "service-error", code: "160451" },
    });
    await leave(0);
    const accepted = await fill();
    expect(await submissions()).toHaveLength(accepted);
    expect((await bff.ask("GET", "/api/jobs")).status).toBe(200);
    expect((await bff.ask("GET", "/livez")).status).toBe(200);
    await leave(100_000);
    expect((await post(9)).status).toBe(202);
    await until(submissions, (all) => all.length === accepted + 1 && settled(all));
    expect(new Set(tokens()).size).toBe(accepted + 1);
    expect((await bff.ask("GET", "/readyz")).status).toBe(200);
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 8, 10, 13])(
    "%d pages later: no call without its record, none lost and none twice",
    async (count) => {
      const targets = await openTargets(12);
      await leave(count);
      let accepted = 0;
      for (const url of targets.urls) {
        // Long requests, so that a few fill the file.
        const excludeUrls = Array.from({ length: 25 }, (_, index) => `${url}${"x".repeat(150)}${index}`);
        const answer = await bff.ask("POST", "/api/jobs", { body: jobBody(url, { excludeUrls }) });
        expect([202, 503]).toContain(answer.status);
        if (answer.status === 202) accepted += 1;
      }
      expect(accepted).toBeLessThan(12);
      const sent = creates().length;
      const recorded = await bff.database.db.selectFrom("attempt").select("submission_id").execute();
      expect(sent).toBeLessThanOrEqual(recorded.length);
      await leave(100_000);
      const all = await until(submissions, (some) => some.length === accepted && settled(some));
      expect(all.map(({ state }) => state)).toEqual(all.map(() => "BOUND"));
      expect((await bff.ask("GET", "/api/jobs?limit=100")).json.total).toBe(accepted);
      expect(creates()).toHaveLength(accepted);
      targets.close();
    },
  );
});

describe("when the audit log cannot be written", () => {
  const lock = () => run("create trigger audit_locked before insert on audit begin select raise(abort, 'locked'); end");
  const unlock = () => run("drop trigger audit_locked");

  it("a submission is refused, reads continue, and it is accepted again later", async () => {
    emulator.control.addFault({ operation: "createJob", times: 9, effect: { kind: "service-error", code: "160451" } });
    await lock();
    expect(await post(9)).toMatchObject(unavailable);
    expect(await submissions()).toEqual([]);
    expect((await bff.ask("GET", "/api/jobs")).status).toBe(200);
    expect(emulator.control.requests().map(({ operation }) => operation)).not.toContain("createJob");
    // A load balancer must learn from /readyz that changes fail; /livez says that a restart would not help.
    expect(await bff.ask("GET", "/readyz")).toMatchObject({ status: 503, json: { status: "audit" } });
    expect((await bff.ask("GET", "/livez")).status).toBe(200);
    await unlock();
    expect(await bff.ask("GET", "/readyz")).toMatchObject({ status: 200, json: { status: "ok" } });
    expect((await post(9)).status).toBe(202);
    await until(submissions, (all) => all.length === 1 && settled(all));
  });

  it("a due submission is not sent, and sent once when the log can be written again", async () => {
    emulator.control.addFault({
      operation: "createJob",
      times: 1,
      effect: { kind: "gateway-error", code: "410", retryAfter: 1 },
    });
    await bff.ask("POST", "/api/jobs", { body: jobBody(`${emulator.origin}/`) });
    await until(submissions, ([only]) => only?.state === "RETRY_WAIT");
    await lock();
    await until(
      () => bff.logs.filter((line) => line.includes("STORE_UNAVAILABLE")).length,
      (failures) => failures >= 5,
    );
    expect(creates()).toHaveLength(1);
    await unlock();
    await until(submissions, ([only]) => only?.state === "BOUND");
    expect(creates()).toHaveLength(2);
  });

  it("a cancellation is refused as well: nothing is cancelled without its entry", async () => {
    emulator.control.addFault({
      operation: "createJob",
      times: 1,
      effect: { kind: "gateway-error", code: "410", retryAfter: 900 },
    });
    await post(9);
    const [waiting] = await until(submissions, ([only]) => only?.state === "RETRY_WAIT");
    await lock();
    expect(await bff.ask("DELETE", `/api/submissions/${waiting?.id}`)).toMatchObject({
      status: 503,
      json: { code: "STORE_UNAVAILABLE" },
    });
    expect((await submissions())[0]?.state).toBe("RETRY_WAIT");
    await unlock();
    expect((await bff.ask("DELETE", `/api/submissions/${waiting?.id}`)).status).toBe(200);
  });
});

describe("wsc audit verify", () => {
  const environment = () => ({ WSC_DATA_DIR: directory, WSC_UPSTREAM_URL: emulator.origin });
  const verify = (change: Record<string, string> = {}) =>
    startProgram("wsc", { ...environment(), ...change }, ["audit", "verify"]);

  it("reports an intact chain beside the running server, and a changed entry", async () => {
    emulator.control.addFault({ operation: "createJob", times: 9, effect: { kind: "service-error", code: "160451" } });
    await post(9);
    await until(submissions, (all) => all.length === 1 && settled(all));
    const intact = verify();
    expect(await intact.ended).toBe(0);
    expect(intact.stdout).toEqual([expect.stringMatching(/^intact: 5 entries, head [0-9a-f]{64}$/)]);
    expect((await post(9)).status).toBe(202);
    await run("update audit set entry = replace(entry, 'intent', 'refused') where seq = 4");
    const broken = verify();
    expect(await broken.ended).toBe(1);
    expect(broken.stdout).toEqual([expect.stringMatching(/^broken at entry 4: .*\(3 entries before it are intact\)$/)]);
    expect((await bff.ask("GET", "/readyz")).status).toBe(200);
  });

  it("reads the database of a stopped server, and leaves no files", async () => {
    const database = join(directory, "stopped");
    const other = await startBff({ upstreamUrl: emulator.origin, environment: { WSC_DATA_DIR: database } });
    await other.close();
    const before = readdirSync(database);
    const program = verify({ WSC_DATA_DIR: database, WSC_ENCRYPTION_KEYS: "" });
    expect(await program.ended).toBe(0);
    expect(readdirSync(database)).toEqual(before);
    expect(program.stdout).toEqual([expect.stringMatching(/^intact: 1 entries/)]);
  });

  it.each<[string, () => Record<string, string>, readonly string[], RegExp]>([
    [
      "there is no store",
      () => ({ WSC_DATA_DIR: join(directory, "absent") }),
      ["audit", "verify"],
      /no readable database/,
    ],
    [
      "the database is garbage",
      () => ({ WSC_DATA_DIR: garbage() }),
      ["audit", "verify"],
      /no readable database .*NOTADB/,
    ],
    ["a setting is wrong", () => ({ WSC_TIME_ZONE: "Moon/Base" }), ["audit", "verify"], /WSC_TIME_ZONE/],
    ["the words are unknown", () => ({}), ["audit", "erase"], /^wsc: /],
  ])("says with exit code 2 that %s", async (_, change, words, sentence) => {
    const program = startProgram("wsc", { ...environment(), ...change() }, words);
    expect(await program.ended).toBe(2);
    expect(program.stdout).toEqual([]);
    expect(program.stderr[0]).toMatch(sentence);
    expect(program.stderr.join("\n")).not.toMatch(/ at .*\.ts:\d/);
  });

  function garbage(): string {
    const path = mkdtempSync(join(directory, "garbage-"));
    writeFileSync(join(path, "wsc-dashboard.sqlite"), "this is no database ".repeat(500));
    return path;
  }
});

import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, type Emulator } from "@wsc-dashboard/wsc-emulator";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openPostgresDatabase } from "../src/database/open-database.ts";
import { createMigratedDatabases } from "./migrated-postgres.ts";
import { accessKey, type Bff, jobBody, secretKey, startBff, until } from "./start-bff.ts";
import { type Postgres, startPostgres } from "./start-postgres.ts";

/** A proxy to PostgreSQL that can stop forwarding while connections are still accepted. */
async function startWay(target: number) {
  let isPaused = false;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(target, "127.0.0.1");
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("data", (bytes) => void (isPaused || to.write(bytes)));
      from.on("error", () => {});
      from.on("close", () => {
        sockets.delete(from);
        if (!isPaused) to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    pause(): void {
      isPaused = true;
    },
    resume(): void {
      isPaused = false;
      for (const socket of sockets) socket.destroy();
    },
    close(): void {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

let postgres: Postgres;
let createMigrated: () => Promise<string>;
beforeAll(async () => {
  postgres = await startPostgres();
  createMigrated = createMigratedDatabases(postgres);
});
afterAll(() => postgres.close());

let emulator: Emulator;
let way: Awaited<ReturnType<typeof startWay>>;
let databaseUrl: string;
let bff: Bff;
beforeEach(async () => {
  emulator = await createEmulator({ accessKey, secretKey, paceMs: 3_600_000 });
  way = await startWay(postgres.port);
  databaseUrl = await createMigrated();
  const url = new URL(databaseUrl);
  url.port = String(way.port);
  bff = await startBff({ upstreamUrl: emulator.origin, environment: { WSC_DATABASE_URL: url.href } });
});
afterEach(async () => {
  await bff.close();
  way.close();
  await emulator.close();
});
const post = () => bff.ask("POST", "/api/jobs", { body: jobBody(`${emulator.origin}/`) });
const ready = () => bff.ask("GET", "/readyz");
async function took(work: Promise<unknown>): Promise<number> {
  const begunAt = performance.now();
  await work;
  return performance.now() - begunAt;
}
/** A silent database never responds; waiting for it takes seconds, several times as long on a slow machine. */
const answerLimitMs = 60_000;
const unavailable = { status: 503, json: { code: "STORE_UNAVAILABLE" } };

describe("a PostgreSQL that no longer answers", () => {
  it("delays no answer for ever, is reported by readiness, and is used again when it answers", async () => {
    expect((await ready()).status).toBe(200);
    way.pause();
    const readiness = ready();
    const posts = Array.from({ length: 15 }, post);
    expect(await readiness).toMatchObject({ status: 503, json: { status: "store" } });
    expect((await bff.ask("GET", "/api/jobs")).status).toBe(200);
    const waited = await took(Promise.all(posts));
    expect(waited).toBeLessThan(answerLimitMs);
    for (const answer of await Promise.all(posts)) expect(answer).toMatchObject(unavailable);
    // Already known to be silent: no call waits for it again.
    expect(await took(Promise.all([post(), post()]))).toBeLessThan(waited);
    expect(emulator.control.requests().map(({ operation }) => operation)).not.toContain("createJob");
    way.resume();
    await until(ready, ({ status }) => status === 200);
    expect((await post()).status).toBe(202);
  });
});

describe("connections to PostgreSQL", () => {
  const backends = async (): Promise<unknown[]> =>
    (
      await postgres.query(
        "select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
        databaseUrl,
      )
    ).map(({ pid }) => pid);

  it("that became read-only are discarded, and writable ones are used", async () => {
    const set = async (value: string): Promise<void> => {
      await postgres.query(`alter system set default_transaction_read_only = ${value}`);
      await postgres.query("select pg_reload_conf()");
    };
    await ready();
    const before = await backends();
    await set("on");
    try {
      await until(ready, ({ status }) => status === 503);
      expect(await post()).toMatchObject(unavailable);
    } finally {
      await set("off");
    }
    await until(ready, ({ status }) => status === 200);
    expect((await post()).status).toBe(202);
    const after = await backends();
    expect(after.filter((pid) => before.includes(pid))).toEqual([]);
  });

  it("to another database than at the start are not used", async () => {
    const change = (from: string, to: string) =>
      postgres.query(`update database_identity set id = '${to}' where id = '${from}'`, databaseUrl);
    const { identity } = bff.database;
    // Several connections were checked a moment ago; one that detects the change invalidates all.
    await Promise.all(Array.from({ length: 8 }, ready));
    await change(identity, "another");
    await until(ready, ({ status }) => status === 503);
    for (const answer of await Promise.all(Array.from({ length: 8 }, post))) expect(answer).toMatchObject(unavailable);
    await change("another", identity);
    await until(ready, ({ status }) => status === 200);
  });

  it("to another database than before are refused at the start, and nothing is written to it", async () => {
    const directory = mkdtempSync(join(tmpdir(), "wsc-known-"));
    await (await openPostgresDatabase(databaseUrl, directory)).close();
    const other = await postgres.createDatabase();
    await expect(openPostgresDatabase(other, directory)).rejects.toThrow(/not the database that was used before/);
    expect(await postgres.query("select tablename from pg_tables where schemaname = 'public'", other)).toEqual([]);
    await (await openPostgresDatabase(databaseUrl, directory)).close();
    rmSync(directory, { recursive: true });
  });
});

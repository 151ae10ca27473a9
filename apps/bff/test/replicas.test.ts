import { randomUUID } from "node:crypto";
import { startLocalIdp } from "@wsc-dashboard/local-idp";
import { createEmulator, type Emulator } from "@wsc-dashboard/wsc-emulator";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { freePort } from "../../../scripts/free-port.ts";
import { openPostgresDatabase } from "../src/database/open-database.ts";
import { createCanarySearch, formSignIn, headerSignIn, targetSecrets } from "./canaries.ts";
import { ringOf } from "./database-bench.ts";
import { Visitor } from "./identity/visitor.ts";
import { createMigratedDatabases } from "./migrated-postgres.ts";
import { type OpenTargets, openTargets } from "./open-targets.ts";
import { contentOf, contents, fill, idsOf } from "./reencryption-suite.ts";
import { accessKey, type Bff, jobBody, secretKey, startBff, until } from "./start-bff.ts";
import { type Postgres, startPostgres } from "./start-postgres.ts";
import { type Server, startProgram, startServer } from "./start-program.ts";

// Servers and commands are started as processes and waited for.

let postgres: Postgres;
let createMigrated: () => Promise<string>;
beforeAll(async () => {
  postgres = await startPostgres();
  createMigrated = createMigratedDatabases(postgres);
});
afterAll(() => postgres.close());

let emulator: Emulator;
let databaseUrl: string;
let running: Bff[];
let killable: Server[];
let targets: OpenTargets;
/** How far the clocks of gateway and dashboard are ahead of this machine. */
let aheadMs: number;
beforeEach(async () => {
  emulator = await createEmulator({ accessKey, secretKey, paceMs: 3_600_000, queueLimit: 1_000 });
  databaseUrl = await createMigrated();
  running = [];
  killable = [];
  targets = await openTargets(50);
  aheadMs = 0;
});
afterEach(async () => {
  await Promise.all(running.map((bff) => bff.close()));
  for (const server of killable) server.kill("SIGKILL");
  await Promise.all(killable.map(({ ended }) => ended));
  await emulator.close();
  targets.close();
});

const common = (): Record<string, string> => ({
  WSC_DATABASE_URL: databaseUrl,
  WSC_ENCRYPTION_KEYS: Buffer.alloc(32, 1).toString("base64"),
  WSC_SIGNATURE_VALIDITY_MS: "100",
  WSC_INDEX_LAG_MS: "50",
  WSC_LOG_LEVEL: "info",
});

async function start(environment: Record<string, string> = {}, port = 0): Promise<Bff> {
  const bff = await startBff({
    upstreamUrl: emulator.origin,
    port,
    environment: { ...common(), ...environment },
    now: () => Date.now() + aheadMs,
  });
  running.push(bff);
  return bff;
}
const creates = () => emulator.control.requests().filter(({ operation }) => operation === "createJob");
const memoOf = ({ body }: { body?: unknown }): string => (body as { Memo: string }).Memo;
async function submit(bff: Bff, url: string): Promise<string> {
  const headers = { "Idempotency-Key": randomUUID() };
  // A busy database may be late for a request, which is refused with 503; the same key orders one job, however often it is sent.
  const answer = await until(
    () => bff.ask("POST", "/api/jobs", { body: jobBody(url), headers }),
    ({ status }) => status !== 503,
  );
  expect(answer.status).toBe(202);
  return answer.json.submission.id;
}
async function submitTo(port: number, url: string): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/jobs`, {
    method: "POST",
    headers: {
      "X-WSC-Request": "1",
      "Content-Type": "application/json",
      "Idempotency-Key": randomUUID(),
      Origin: `http://127.0.0.1:${port}`,
    },
    body: JSON.stringify(jobBody(url)),
  });
  expect(answer.status).toBe(202);
}
const states = async (bff: Bff): Promise<string[]> =>
  (await bff.ask("GET", "/api/submissions")).json.submissions.map(({ state }: { state: string }) => state);
const allAre = (count: number, state: string) => (all: string[]) =>
  all.length === count && all.every((one) => one === state);

describe("two replicas on one PostgreSQL", () => {
  it("send fifty due submissions once each, one after the other", async () => {
    const spacingMs = 30;
    const replicas = [
      await start({ WSC_CREATE_SPACING_MS: String(spacingMs) }),
      await start({ WSC_CREATE_SPACING_MS: String(spacingMs) }),
    ] as const;
    const { urls } = targets;
    const ids = await Promise.all(urls.map((url, index) => submit(replicas[index % 2] ?? replicas[0], url)));
    expect(new Set(ids).size).toBe(50);
    await until(() => states(replicas[1]), allAre(50, "BOUND"));
    expect(creates()).toHaveLength(50);
    expect(new Set(creates().map(memoOf)).size).toBe(50);
    const instants = creates().map(({ receivedAt }) => Date.parse(receivedAt));
    const gaps = instants.slice(1).map((instant, index) => instant - (instants[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(spacingMs);
    expect(await states(replicas[0])).toEqual(await states(replicas[1]));
  });

  it("lose and double nothing when one is killed during a call", async () => {
    const server = await startServer({
      ...common(),
      WSC_UPSTREAM_URL: emulator.origin,
      WSC_CREATE_SPACING_MS: "0",
      WSC_DISPATCH_TICK_MS: "40",
      WSC_BUDGET_PER_DAY: "0",
      WSC_BUDGET_PER_USER_HOUR: "0",
    });
    killable.push(server);
    emulator.control.addFault({ operation: "createJob", times: 4, effect: { kind: "latency", ms: 1 } });
    emulator.control.addFault({ operation: "createJob", times: 1, effect: { kind: "hang", when: "after" } });
    const urls = targets.urls.slice(0, 10);
    for (const url of urls) await submitTo(server.port, url);
    await until(
      () => creates(),
      (all) => all.length === 5 && all.filter(({ code }) => code === "0").length >= 4,
    );
    server.kill("SIGKILL");
    await server.ended;
    // Skips the leases of the dead processes, so that the test need not wait for them.
    aheadMs = 120_000;
    emulator.control.changeSettings({ clockOffsetMs: aheadMs });
    const survivor = await start();
    await until(() => states(survivor), allAre(10, "BOUND"));
    const jobs = (await survivor.ask("GET", "/api/jobs?limit=100")).json.jobs as { startUrl: string }[];
    expect(jobs.map(({ startUrl }) => startUrl).toSorted()).toEqual(urls.toSorted());
    expect(creates()).toHaveLength(10);
  });

  it("continue when one of them is stopped", async () => {
    const [leaving, staying] = [await start(), await start()];
    const urls = targets.urls.slice(0, 12);
    await Promise.all(urls.map((url) => submit(leaving, url)));
    running = running.filter((bff) => bff !== leaving);
    await leaving.close();
    await until(() => states(staying), allAre(12, "BOUND"));
    expect(creates()).toHaveLength(12);
  });

  it("answer the same Idempotency-Key sent to both at once with one submission", async () => {
    const replicas = [await start(), await start()];
    const [url = ""] = targets.urls;
    const headers = { "Idempotency-Key": randomUUID() };
    const answers = await Promise.all(
      [...replicas, ...replicas, ...replicas].map((bff) =>
        bff.ask("POST", "/api/jobs", { body: jobBody(url), headers }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(answers.map(({ json }) => json.submission.id)).size).toBe(1);
    await until(() => states(replicas[0] as Bff), allAre(1, "BOUND"));
    expect(creates()).toHaveLength(1);
  });

  it("migrate an empty database concurrently", async () => {
    databaseUrl = await postgres.createDatabase();
    const stores = await Promise.all(Array.from({ length: 4 }, () => openPostgresDatabase(databaseUrl)));
    await Promise.all(stores.map((database) => database.close()));
  });
});

describe("a connection to PostgreSQL that is lost", () => {
  it("during a change refuses that change; the next one succeeds", async () => {
    const bff = await start();
    const [url = "", other = ""] = targets.urls;
    const database = await openPostgresDatabase(databaseUrl);
    const held = database.db.transaction().execute(async (tx) => {
      await tx
        .updateTable("audit_head")
        .set((row) => ({ seq: row.ref("seq") }))
        .execute();
      const waiting = bff.ask("POST", "/api/jobs", { body: jobBody(url) });
      await until(
        () => postgres.query("select pid from pg_stat_activity where wait_event_type = 'Lock'", databaseUrl),
        (rows) => rows.length > 0,
      );
      await postgres.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and wait_event_type = 'Lock'",
        databaseUrl,
      );
      return waiting;
    });
    expect(await held).toMatchObject({ status: 503, json: { code: "STORE_UNAVAILABLE", retryable: true } });
    await database.close();
    await postgres.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
      databaseUrl,
    );
    await until(
      () => bff.ask("GET", "/readyz"),
      ({ status }) => status === 200,
    );
    await submit(bff, other);
    await until(() => states(bff), allAre(1, "BOUND"));
    expect(creates()).toHaveLength(1);
  });
});

describe("PostgreSQL is refused", () => {
  const refused = (url: string) => expect(openPostgresDatabase(url).then((database) => database.close())).rejects;

  it.each(["synchronous_commit"])("with %s off for its user", async (setting) => {
    await postgres.query(`alter database ${new URL(databaseUrl).pathname.slice(1)} set ${setting} = off`);
    await refused(databaseUrl).toThrow(/synchronous_commit off: a paid call could leave without a record/);
  });

  it("when it does not listen, the password is wrong or the database is missing, without quoting the address", async () => {
    const wrong = new URL(databaseUrl);
    wrong.password = "canary-password";
    const absent = new URL(databaseUrl);
    absent.pathname = "/absent";
    for (const url of ["postgres://test:canary-password@127.0.0.1:9/x", wrong.href, absent.href]) {
      const error = await openPostgresDatabase(url).then(
        () => null,
        (reason: unknown) => reason,
      );
      expect(error).toMatchObject({
        name: "DatabaseRefusal",
        message: expect.stringMatching(/^PostgreSQL cannot be used \(\w+\)$/),
      });
    }
  });

  it("when it is a read-only standby", async () => {
    await postgres.query(
      `alter database ${new URL(databaseUrl).pathname.slice(1)} set default_transaction_read_only = on`,
    );
    await refused(databaseUrl).toThrow(/cannot be written to: it is a standby or read-only/);
  });

  it("with one sentence and exit code 1, fsync off for the whole server", async () => {
    const careless = await startPostgres({ fsync: "off", synchronous_commit: "off", full_page_writes: "off" });
    try {
      const program = startProgram("main", { ...common(), WSC_DATABASE_URL: await careless.createDatabase() });
      expect(await program.ended).toBe(1);
      expect(program.stderr).toEqual([
        "WSC_DATABASE_URL: PostgreSQL runs with fsync and full_page_writes and synchronous_commit off: a paid call could leave without a record",
      ]);
    } finally {
      await careless.close();
    }
  });

  it("with one sentence and exit code 1 when it does not answer", async () => {
    const program = startProgram("main", {
      ...common(),
      WSC_DATABASE_URL: "postgres://test:canary-password@127.0.0.1:9/x",
    });
    expect(await program.ended).toBe(1);
    expect(program.stderr).toEqual(["WSC_DATABASE_URL: PostgreSQL cannot be used (ECONNREFUSED)"]);
  });
});

it("one session on two replicas is checked at the provider by one of them at a time, and stays valid", async () => {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const idp = await startLocalIdp(origin);
  const replicas = [await start(idp.settings, port), await start(idp.settings)];
  const visitor = new Visitor(origin);
  await visitor.signIn("operator");
  const headers = { Cookie: `wsc_sid=${visitor.sid}`, Host: new URL(origin).host };
  const sealed = async () => (await postgres.query("select sealed from session", databaseUrl))[0]?.sealed;
  // After the interval of the check, then after the time for which old roles are valid.
  for (const later of [601_000, 901_000]) {
    const before = await sealed();
    aheadMs += later;
    const all = Array.from({ length: 5 }, () => replicas.map((bff) => bff.ask("GET", "/api/session", { headers })));
    const answers = await Promise.all(all.flat());
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(await until(sealed, (now) => now !== before)).not.toBe(before);
  }
  await idp.close();
});

it("an action that the audit log of PostgreSQL cannot store is refused before anything is sent, while reads continue", async () => {
  const bff = await start();
  const [url = ""] = targets.urls;
  const post = () => bff.ask("POST", "/api/jobs", { body: jobBody(url) });
  await postgres.query(
    `create function refuse_entry() returns trigger language plpgsql as $$ begin raise 'locked'; end $$;
     create trigger audit_locked before insert on audit for each row execute function refuse_entry()`,
    databaseUrl,
  );
  expect(await post()).toMatchObject({ status: 503, json: { code: "STORE_UNAVAILABLE" } });
  expect((await bff.ask("GET", "/api/jobs")).status).toBe(200);
  expect((await bff.ask("GET", "/api/audit")).status).toBe(200);
  expect(await bff.ask("GET", "/readyz")).toMatchObject({ status: 503, json: { status: "audit" } });
  expect(creates()).toEqual([]);
  await postgres.query("drop trigger audit_locked on audit", databaseUrl);
  expect((await bff.ask("GET", "/readyz")).status).toBe(200);
  expect((await post()).status).toBe(202);
  await until(() => states(bff), allAre(1, "BOUND"));
  expect(creates()).toHaveLength(1);
});

it("no row of PostgreSQL contains a target secret or a key in plain text", async () => {
  const bff = await start({ WSC_ALLOW_PRIVATE_TARGETS: "true" });
  const home = "http://127.0.0.1:9/";
  const when = { kind: "at", localTime: "2027-06-01T02:00", zone: "UTC" };
  const rule = { every: "day", localTime: "02:00", zone: "UTC" };
  for (const [path, body] of [
    ["/api/jobs", jobBody(home, { when, signIn: headerSignIn })],
    ["/api/jobs", jobBody(home, { when, signIn: formSignIn })],
    ["/api/schedules", jobBody(home, { rule, signIn: headerSignIn })],
  ] as const) {
    expect((await bff.ask("POST", path, { body })).status).toBeLessThan(300);
  }
  const tables = await postgres.query("select tablename from pg_tables where schemaname = 'public'", databaseUrl);
  const rows = await Promise.all(
    tables.map(({ tablename }) => postgres.query(`select * from "${tablename}"`, databaseUrl)),
  );
  const dump = JSON.stringify(rows);
  expect(dump.split('"v1.').length - 1).toBeGreaterThanOrEqual(3);
  const encryptionKey = common().WSC_ENCRYPTION_KEYS ?? "";
  const find = createCanarySearch({ accessKey, secretKey, encryptionKey, databaseUrl, ...targetSecrets });
  expect(find(dump)).toEqual([]);
  expect(find(bff.logs.join(""))).toEqual([]);
});

describe("the command line on PostgreSQL", () => {
  const verify = () => startProgram("wsc", common(), ["audit", "verify"]);

  it("verifies beside the server, and detects a change", async () => {
    const bff = await start();
    const [url = ""] = targets.urls;
    await submit(bff, url);
    await until(() => states(bff), allAre(1, "BOUND"));
    const intact = verify();
    expect(await intact.ended).toBe(0);
    expect(intact.stdout).toEqual([expect.stringMatching(/^intact: ([5-9]|1[0-9]) entries, head [0-9a-f]{64}$/)]);
    await postgres.query("update audit set entry = replace(entry, 'intent', 'refused') where seq = 4", databaseUrl);
    const broken = verify();
    expect(await broken.ended).toBe(1);
    expect(broken.stdout).toEqual([expect.stringMatching(/^broken at entry 4: /)]);
  });

  it("changes nothing: an empty database is reported as missing and stays empty", async () => {
    databaseUrl = await postgres.createDatabase();
    const program = verify();
    expect(await program.ended).toBe(2);
    expect(program.stderr).toHaveLength(1);
    expect(await postgres.query("select tablename from pg_tables where schemaname = 'public'", databaseUrl)).toEqual(
      [],
    );
  });

  it("re-encrypts beside two servers, which only recommend it, and both continue", async () => {
    const keys = [2, 1].map((byte) => Buffer.alloc(32, byte).toString("base64")).join(",");
    const before = await start();
    await fill(before.database, "signIns", idsOf("signIns", 120), ringOf(1));
    const replicas = [await start({ WSC_ENCRYPTION_KEYS: keys }), await start({ WSC_ENCRYPTION_KEYS: keys })] as const;
    await until(
      () => replicas[1].logs.join(""),
      (log) => log.includes("run wsc keys rewrap"),
    );
    const program = startProgram("wsc", { ...common(), WSC_ENCRYPTION_KEYS: keys }, ["keys", "rewrap"]);
    expect([await program.ended, program.stderr]).toEqual([0, []]);
    expect(program.stdout.at(-1)).toMatch(/^key 2 of WSC_ENCRYPTION_KEYS seals nothing: it may be removed/);
    expect(await contents(before.database, "signIns", ringOf(2))).toEqual(idsOf("signIns", 120).map(contentOf));
    for (const [index, bff] of replicas.entries()) await submit(bff, targets.urls[index] ?? "");
    await until(() => states(replicas[0]), allAre(2, "BOUND"));
  });
});

describe("a service token on two replicas", () => {
  it("is known to both at once, and refused by both as soon as one has revoked it", async () => {
    const [one, other] = [await start(), await start()];
    const body = { name: "pipeline", role: "viewer", targets: null, expiresInDays: 1 };
    const { token, text } = (await one.ask("POST", "/api/tokens", { body })).json;
    const use = async (bff: Bff) =>
      (await bff.ask("GET", "/api/session", { headers: { Authorization: `Bearer ${text}` } })).status;
    expect([await use(one), await use(other)]).toEqual([200, 200]);
    await one.ask("DELETE", `/api/tokens/${token.id}`);
    expect([await use(one), await use(other)]).toEqual([401, 401]);
  });
});

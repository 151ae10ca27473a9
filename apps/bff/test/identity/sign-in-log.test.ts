import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openAuditChain } from "../../src/audit/audit-chain.ts";
import { createAuditJournal } from "../../src/audit/audit-journal.ts";
import { createDeniedLoginLog, type Refusal } from "../../src/audit/denied-login-log.ts";
import { type OpenDatabase, openSqliteDatabase } from "../../src/database/open-database.ts";
import { createLogger } from "../../src/log/logger.ts";
import { createRedaction } from "../../src/log/redaction.ts";
import { noon, ringOf } from "../database-bench.ts";
import { type Stack, startStack } from "../start-bff.ts";
import { headerMode, proxyHeaders, proxySecret } from "./header-mode.ts";
import { jwtMode, type SigningParty, startSigningParty } from "./signing-party.ts";

interface Entry {
  readonly actor: string;
  readonly action: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Audit entries about logins, oldest first. */
async function signIns({ database }: Pick<Stack, "database">): Promise<Entry[]> {
  const rows = await database.db.selectFrom("audit").select(["entry", "action"]).orderBy("seq").execute();
  return rows.filter(({ action }) => action.startsWith("session.")).map(({ entry }) => JSON.parse(entry));
}

describe("behind an authenticating proxy", () => {
  let stack: Stack;
  let ahead = 0;
  beforeAll(async () => {
    stack = await startStack({
      environment: { ...headerMode, WSC_TRUSTED_PROXIES: "127.0.0.1/32" },
      bffNow: () => Date.now() + ahead,
    });
  });
  afterAll(() => stack.close());
  const as = (user: string, groups: string) =>
    stack.ask("GET", "/api/session", { headers: proxyHeaders(user, groups) });
  const told = async () => (await signIns(stack)).map(({ actor, action }) => `${action} ${actor}`);

  it("a login is recorded once, and again with other roles or after an absence", async () => {
    const first = await as("ann", "readers");
    for (let count = 0; count < 5; count += 1) await as("ann", "readers");
    expect(await signIns(stack)).toMatchObject([
      {
        actor: "header:ann",
        name: "ann",
        roles: ["viewer"],
        action: "session.sign-in",
        object: "user/header:ann",
        result: "done",
        requestId: first.headers["x-request-id"],
      },
    ]);
    await as("ann", "readers,drivers");
    expect(await signIns(stack)).toHaveLength(2);
    ahead += 1_799_000;
    await as("ann", "readers,drivers");
    expect(await signIns(stack)).toHaveLength(2);
    ahead += 1_801_000;
    await as("ann", "readers,drivers");
    expect(await signIns(stack)).toHaveLength(3);
  });

  it("a refused identity is recorded: the first at once, a flood as a count", async () => {
    const before = (await signIns(stack)).length;
    for (let count = 0; count < 300; count += 1) {
      const forged = { ...proxyHeaders("root", "owners"), "X-WSC-Proxy-Secret": `${proxySecret}${count}` };
      expect((await stack.ask("GET", "/api/session", { headers: forged })).status).toBe(401);
    }
    const entries = (await signIns(stack)).slice(before);
    expect(entries).toMatchObject([
      {
        actor: "unknown",
        action: "session.refuse",
        object: "session",
        result: "refused",
        details: {
          code: "SESSION_REQUIRED",
          reason: "the proxy secret is missing or wrong",
          peer: "127.0.0.1",
          count: 1,
        },
      },
    ]);
    expect(JSON.stringify(entries)).not.toContain("root");
  });

  it("a person without a role is recorded by name", async () => {
    expect((await as("mia", "strangers")).json.code).toBe("NO_ROLE");
    expect((await signIns(stack)).at(-1)).toMatchObject({
      actor: "header:mia",
      action: "session.refuse",
      details: { code: "NO_ROLE" },
    });
  });

  it("a request without an identity causes no entry", async () => {
    const before = await told();
    for (let count = 0; count < 3; count += 1) await stack.ask("GET", "/api/session");
    expect(await told()).toEqual(before);
  });
});

describe("a flood of denied logins", () => {
  let directory: string;
  let database: OpenDatabase;
  let at = 0;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), "wsc-refusals-"));
    database = await openSqliteDatabase(directory);
    at = noon;
  });
  afterEach(async () => {
    await database.close();
    rmSync(directory, { recursive: true, force: true });
  });
  async function createDenials() {
    const now = (): number => at;
    const chain = await openAuditChain(database.db, ringOf(1));
    const logger = createLogger("error", createRedaction([]));
    return createDeniedLoginLog(createAuditJournal({ database, chain, logger, now }), now);
  }
  const refusal = (change: Partial<Refusal> = {}): Refusal => ({
    code: "SESSION_REQUIRED",
    reason: "no assertion",
    peer: "192.0.2.7",
    requestId: "r",
    ...change,
  });
  const counts = async () => (await signIns({ database })).map(({ details }) => Number(details.count));

  it("is one entry at first, then counts at growing intervals that add up to all of them", async () => {
    const denials = await createDenials();
    const minutes = 600;
    for (let minute = 0; minute < minutes; minute += 1) {
      for (let each = 0; each < 100; each += 1) await denials.add(refusal({ requestId: `r${minute}` }));
      at += 60_000;
      await denials.look();
    }
    await denials.close();
    const written = await counts();
    expect(written[0]).toBe(1);
    expect(written.reduce((sum, count) => sum + count, 0)).toBe(100 * minutes);
    expect(written.length).toBeLessThan(20);
  });

  it("that has ended is forgotten, and the next one is recorded at once", async () => {
    const denials = await createDenials();
    await denials.add(refusal());
    at += 61_000;
    await denials.look();
    await denials.add(refusal());
    expect(await counts()).toEqual([1, 1]);
    await denials.close();
  });

  it("of more than a hundred kinds is aggregated, and all are counted", async () => {
    const denials = await createDenials();
    for (let kind = 0; kind < 1_000; kind += 1) await denials.add(refusal({ reason: `kind ${kind}` }));
    await denials.close();
    const written = await counts();
    expect(written).toHaveLength(102);
    expect(written.reduce((sum, count) => sum + count, 0)).toBe(1_000);
  });

  it("is flushed when the server stops", async () => {
    const denials = await createDenials();
    for (let each = 0; each < 20; each += 1) await denials.add(refusal());
    expect(await counts()).toEqual([1]);
    await denials.close();
    expect(await counts()).toEqual([1, 19]);
  });
});

describe("with signed assertions", () => {
  let party: SigningParty;
  let stack: Stack;
  beforeAll(async () => {
    party = await startSigningParty();
    stack = await startStack({ environment: jwtMode(party) });
  });
  afterAll(async () => {
    await stack.close();
    await party.close();
  });
  const present = (assertion: string) => stack.ask("GET", "/api/session", { headers: { "X-Assertion": assertion } });

  it("a new assertion with each request, as load balancers send it, is one login", async () => {
    for (let count = 0; count < 4; count += 1) {
      const assertion = await party.sign({ name: "Ann Park", groups: ["drivers"], jti: String(count) });
      expect((await present(assertion)).status).toBe(200);
    }
    expect(await signIns(stack)).toMatchObject([
      { name: "Ann Park", roles: ["operator"], action: "session.sign-in", result: "done" },
    ]);
  });

  it("forged ones are recorded by kind, without their content; a missing one is not", async () => {
    const before = (await signIns(stack)).length;
    const good = await party.sign();
    for (let count = 0; count < 10; count += 1) await present(`${good.slice(0, -6)}AAAAAA`);
    await present("rubbish");
    await stack.ask("GET", "/api/session");
    const entries = (await signIns(stack)).slice(before);
    expect(entries.map(({ action }) => action)).toEqual(["session.refuse", "session.refuse"]);
    expect(entries).toMatchObject([{ actor: "unknown" }, { actor: "unknown" }]);
    for (const piece of good.split(".")) expect(JSON.stringify(entries)).not.toContain(piece.slice(0, 20));
  });

  it("a person whose groups give no role, or are missing, is recorded by name", async () => {
    const before = (await signIns(stack)).length;
    await present(await party.sign({ sub: "mia", groups: ["strangers"] }));
    await present(await party.sign({ sub: "mia", hasgroups: true }));
    expect((await signIns(stack)).slice(before)).toMatchObject([
      { actor: expect.stringMatching(/#mia$/), details: { code: "NO_ROLE" } },
      { actor: expect.stringMatching(/#mia$/), details: { code: "GROUPS_OVERAGE" } },
    ]);
  });
});

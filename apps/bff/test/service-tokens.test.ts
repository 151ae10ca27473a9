import { bffApi, type Endpoint, type Role, roles } from "@wsc-dashboard/wsc-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createTokenText, isTokenText } from "../src/tokens/token-text.ts";
import { headerMode, proxyHeaders } from "./identity/header-mode.ts";
import { type Answer, type Ask, type Bff, jobBody, type Stack, startBff, startStack } from "./start-bff.ts";

let stack: Stack;
let at: number;
beforeAll(async () => {
  at = Date.now();
  stack = await startStack({ seed: true, bffNow: () => at });
});
afterAll(() => stack.close());

interface Created {
  readonly id: string;
  readonly text: string;
}
async function create(change: Record<string, unknown> = {}): Promise<Created> {
  const body = { name: "pipeline", role: "operator", targets: null, expiresInDays: 30, ...change };
  const answer = await stack.ask("POST", "/api/tokens", { body });
  expect(answer).toMatchObject({ status: 200 });
  return { id: answer.json.token.id, text: answer.json.text };
}
/** As a program calls: a token, and no headers that a browser would send. */
const programHeaders = { "X-WSC-Request": null, "Sec-Fetch-Site": null };
const askWith = (text: string, method: string, path: string, { headers = {}, ...rest }: Ask = {}, bff: Bff = stack) =>
  bff.ask(method, path, { ...rest, headers: { ...programHeaders, Authorization: `Bearer ${text}`, ...headers } });
const revoke = (id: string): Promise<Answer> => stack.ask("DELETE", `/api/tokens/${id}`);
const refused = { status: 401, json: { code: "TOKEN_INVALID" } };
const entries = async (action: string) => (await stack.ask("GET", `/api/audit?action=${action}`)).json.entries;

describe("the text of a service token", () => {
  it("is told once, and is in no list, log, audit entry or database", async () => {
    const { id, text } = await create({ name: "nightly" });
    expect(isTokenText(text)).toBe(true);
    expect((await askWith(text, "GET", "/api/session")).json).toMatchObject({
      user: { name: "nightly", roles: ["operator"] },
    });
    await askWith(text, "GET", `/api/${text}`);
    const list = await stack.ask("GET", "/api/tokens");
    expect(list.json.tokens.find((one: Created) => one.id === id)).toMatchObject({ state: "active", name: "nightly" });
    const audit = (await stack.ask("GET", "/api/audit?limit=100")).text;
    const rows = JSON.stringify(await stack.database.db.selectFrom("service_token").selectAll().execute());
    const secret = text.slice(4, 40);
    for (const place of [list.text, audit, rows, stack.logs.join("\n")]) expect(place).not.toContain(secret);
    expect(await entries("token.create")).toMatchObject([{ object: `token/${id}`, detail: { name: "nightly" } }]);
  });

  it("has a checksum that no changed text keeps", () => {
    const text = createTokenText();
    for (let place = 0; place < text.length; place += 1) {
      const other = text.charAt(place) === "a" ? "b" : "a";
      expect(isTokenText(`${text.slice(0, place)}${other}${text.slice(place + 1)}`), String(place)).toBe(false);
    }
    for (const other of ["", "wsc_", `${text}a`, text.slice(0, -1), `${text}\n`])
      expect(isTokenText(other)).toBe(false);
  });
});

describe("a request with a service token", () => {
  it("is the token's, whatever cookie comes with it", async () => {
    const { text } = await create({ role: "viewer" });
    const headers = { Cookie: "wsc_persona=admin" };
    expect((await askWith(text, "GET", "/api/tokens", { headers })).json.code).toBe("ROLE_FORBIDDEN");
    expect(await askWith("wsc_nothing", "GET", "/api/session", { headers })).toMatchObject(refused);
  });

  it("is refused in every other spelling, and never taken for a person's", async () => {
    const { text } = await create();
    for (const value of [
      "Bearer garbage",
      "bearer wsc_",
      `Bearer ${text}x`,
      `Bearer ${text} x`,
      `Bearer ${text.toUpperCase()}`,
      `Bearer ${createTokenText()}`,
      [`Bearer ${text}`, `Bearer ${text}`],
    ]) {
      const answer = await stack.ask("GET", "/api/session", { headers: { Authorization: value } });
      expect(answer, String(value)).toMatchObject(refused);
    }
    const answer = await askWith(createTokenText(), "GET", "/api/session");
    expect(answer.headers["www-authenticate"]).toBe(
      'Bearer error="invalid_token", error_description="the token is unknown"',
    );
  });

  it("needs no header of our own pages, but the Host of this dashboard", async () => {
    const { text } = await create();
    expect(await askWith(text, "POST", "/api/jobs/1/cancel")).toMatchObject({ json: { code: "JOB_NOT_FOUND" } });
    const headers = { Host: "evil.example.com" };
    expect(await askWith(text, "GET", "/api/session", { headers })).toMatchObject({ status: 421 });
  });

  it("cannot start a job with a viewer's token, and the attempt is recorded under it", async () => {
    const { id, text } = await create({ role: "viewer" });
    const answer = await askWith(text, "POST", "/api/jobs", { body: jobBody("https://www.example.com/") });
    expect(answer).toMatchObject({ status: 403, json: { code: "ROLE_FORBIDDEN" } });
    expect((await entries("job.create"))[0]).toMatchObject({ actor: { id: `token:${id}` }, result: "denied" });
  });

  it("orders one job under one Idempotency-Key, owned by the token", async () => {
    const { text } = await create();
    const headers = { "Idempotency-Key": "pipeline-0123456789" };
    const body = jobBody("https://once.example.com/");
    const ids = new Set<string>();
    for (let time = 0; time < 3; time += 1) {
      const answer = await askWith(text, "POST", "/api/jobs", { body, headers });
      expect(answer.status).toBe(202);
      ids.add(answer.json.submission.id);
    }
    expect(ids.size).toBe(1);
    const own = (await askWith(text, "GET", `/api/submissions/${[...ids][0]}`)).json.submission;
    expect(own).toMatchObject({ isOwn: true, createdBy: "pipeline" });
  });

  it("shows when the token was last used, to the minute", async () => {
    const { id, text } = await create();
    const lastUse = async () =>
      (await stack.ask("GET", "/api/tokens")).json.tokens.find((one: Created) => one.id === id).lastUsedAt;
    expect(await lastUse()).toBeNull();
    await askWith(text, "GET", "/api/session");
    const first = at;
    at += 30_000;
    await askWith(text, "GET", "/api/session");
    expect(await lastUse()).toBe(new Date(first).toISOString());
    at += 31_000;
    await askWith(text, "GET", "/api/session");
    expect(await lastUse()).toBe(new Date(at).toISOString());
  });
});

describe("a service token that has ended", () => {
  it("is refused at once when it was revoked, and stays in the list", async () => {
    const { id, text } = await create();
    expect((await askWith(text, "GET", "/api/session")).status).toBe(200);
    expect(await revoke(id)).toMatchObject({ status: 200, json: { token: { state: "revoked" } } });
    const answer = await askWith(text, "GET", "/api/session");
    expect(answer).toMatchObject(refused);
    expect(answer.headers["www-authenticate"]).toContain("the token is revoked");
    expect(await revoke(id)).toMatchObject({ status: 200 });
    expect(
      (await entries("token.revoke")).filter(({ object }: { object: string }) => object === `token/${id}`),
    ).toHaveLength(1);
    expect(await revoke("no-such")).toMatchObject({ status: 404, json: { code: "TOKEN_NOT_FOUND" } });
  });

  it("is refused from the instant at which it expires", async () => {
    const { text } = await create({ expiresInDays: 1 });
    at += 86_400_000 - 1;
    expect((await askWith(text, "GET", "/api/session")).status).toBe(200);
    at += 1;
    expect(await askWith(text, "GET", "/api/session")).toMatchObject(refused);
  });
});

describe("roles", () => {
  const endpoints: Endpoint[] = Object.values(bffApi).flatMap((group) => Object.values(group));

  it.each(roles)(
    "give the token of the %s what the contract gives, without what is for people only",
    async (role: Role) => {
      const { text } = await create({ role });
      for (const { method, path: template, roles: allowed, tokenScope } of endpoints) {
        const path = template
          .replace(":instanceNo", "1")
          .replace(":id", "x")
          .replace(":seq", "1")
          .replace(":host", "shop.example.com");
        const isOwn = tokenScope !== "people";
        // The permissions of roles are tested with people; here it is enough that a token follows the same table.
        if (allowed.includes(role) && isOwn && path !== "/api/session") continue;
        const { status, json } = await askWith(text, method, path);
        const cell = `${role}, ${method} ${template}`;
        if (!allowed.includes(role)) expect.soft(json.code, cell).toBe("ROLE_FORBIDDEN");
        else if (isOwn) expect.soft(status, cell).toBe(200);
        // An invalid body is refused before the scope is checked.
        else {
          const refused = ["TOKEN_OUT_OF_SCOPE", "VALUE_REQUIRED", "VALUE_INVALID"];
          expect.soft(refused, cell).toContain(json.errors?.[0].code ?? json.code);
        }
      }
    },
  );
});

describe("a service token that is limited to some targets", () => {
  const jobs = async (text: string): Promise<{ startUrl: string; instanceNo: string }[]> =>
    (await askWith(text, "GET", "/api/jobs?limit=100")).json.jobs;

  it("sees and reads jobs of these targets alone", async () => {
    const all = await jobs((await create()).text);
    const [one] = all;
    const host = new URL(one?.startUrl ?? "").hostname;
    const other = all.find(({ startUrl }) => new URL(startUrl).hostname !== host);
    const { text } = await create({ targets: [host] });
    const seen = await jobs(text);
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.every(({ startUrl }) => new URL(startUrl).hostname === host)).toBe(true);
    expect((await askWith(text, "GET", `/api/jobs/${one?.instanceNo}`)).status).toBe(200);
    for (const path of ["", "/settings", "/report", "/report/export?format=sarif"]) {
      const answer = await askWith(text, "GET", `/api/jobs/${other?.instanceNo}${path}`);
      expect(answer, path).toMatchObject({ status: 403, json: { code: "TOKEN_OUT_OF_SCOPE" } });
    }
    const act = await askWith(text, "POST", "/api/jobs/cancel", { body: { instanceNos: [other?.instanceNo] } });
    expect(act).toMatchObject({ status: 403, json: { code: "TOKEN_OUT_OF_SCOPE" } });
  });

  it("orders jobs of these targets alone, also by their login page", async () => {
    const { text } = await create({ targets: ["*.scope.example.com"] });
    const order = (startUrl: string, change = {}) =>
      askWith(text, "POST", "/api/jobs/preview", { body: jobBody(startUrl, change) });
    expect((await order("https://www.scope.example.com/")).status).toBe(200);
    const signIn = {
      kind: "form",
      actionUrl: "https://login.example.org/",
      ...{ idParam: "id", idValue: "a", passwordParam: "password", passwordValue: "b" },
    };
    for (const [url, change] of [
      ["https://scope.example.com/"],
      ["https://www.scope.example.com.example.org/"],
      ["https://www.scope.example.com/", { signIn }],
    ] as const) {
      expect(await order(url, change), url).toMatchObject({ status: 403, json: { code: "TOKEN_OUT_OF_SCOPE" } });
    }
  });

  it("reaches submissions and schedules of these targets alone, and nothing that tells of all", async () => {
    const everything = (await create()).text;
    const { text } = await create({ targets: ["mine.example.com"], role: "admin" });
    const made = async (url: string) =>
      (await askWith(everything, "POST", "/api/jobs", { body: jobBody(url) })).json.submission.id as string;
    const [mine, theirs] = [await made("https://mine.example.com/"), await made("https://theirs.example.com/")];
    expect((await askWith(text, "GET", `/api/submissions/${mine}`)).status).toBe(200);
    const list = (await askWith(text, "GET", "/api/submissions")).json.submissions;
    expect(list.map(({ id }: { id: string }) => id)).toEqual([mine]);
    for (const [method, path] of [
      ["GET", `/api/submissions/${theirs}`],
      ["DELETE", `/api/submissions/${theirs}`],
      ["GET", "/api/audit"],
      ["GET", "/api/audit/export?format=csv"],
      ["GET", "/api/reports/closing"],
      ["GET", "/api/status/settings"],
    ] as const) {
      const answer = await askWith(text, method, path);
      expect(answer, path).toMatchObject({ status: 403, json: { code: "TOKEN_OUT_OF_SCOPE" } });
    }
  });
});

describe("creating a service token", () => {
  it("is refused with the field that is wrong", async () => {
    const good = { name: "a", role: "viewer", targets: null, expiresInDays: 1 };
    for (const [change, pointer] of [
      [{ name: "" }, "/name"],
      [{ name: " a" }, "/name"],
      [{ name: "a\nb" }, "/name"],
      [{ name: "a\u202eb" }, "/name"],
      [{ name: "a".repeat(81) }, "/name"],
      [{ name: createTokenText() }, "/name"],
      [{ role: "root" }, "/role"],
      [{ targets: [] }, "/targets"],
      [{ targets: ["https://example.com/"] }, "/targets/0"],
      [{ targets: ["example.com", "*"] }, "/targets/1"],
      [{ targets: Array(51).fill("a.example.com") }, "/targets"],
      [{ expiresInDays: 0 }, "/expiresInDays"],
      [{ expiresInDays: 367 }, "/expiresInDays"],
      [{ expiresInDays: 1.5 }, "/expiresInDays"],
    ] as const) {
      const answer = await stack.ask("POST", "/api/tokens", { body: { ...good, ...change } });
      expect([400, 422], JSON.stringify(change)).toContain(answer.status);
      expect(answer.json.errors[0].pointer, JSON.stringify(change)).toBe(pointer);
    }
  });
});

describe("guessing service tokens", () => {
  let other: Stack;
  afterEach(() => other.close());

  it("is limited by address, without locking out a token that is in use there", async () => {
    let later = Date.now();
    other = await startStack({ bffNow: () => later });
    const body = { name: "good", role: "viewer", targets: null, expiresInDays: 1 };
    const { text } = (await other.ask("POST", "/api/tokens", { body })).json;
    const use = (one: string) => askWith(one, "GET", "/api/session", {}, other);
    expect((await use(text)).status).toBe(200);
    const codes: string[] = [];
    for (let time = 0; time < 40; time += 1) codes.push((await use(createTokenText())).json.code);
    expect(codes.filter((code) => code === "TOKEN_INVALID")).toHaveLength(30);
    const limited = await use(createTokenText());
    expect(limited).toMatchObject({ status: 429, json: { code: "TOKEN_ATTEMPTS_EXHAUSTED" } });
    expect(Number(limited.headers["retry-after"])).toBeGreaterThan(0);
    expect((await use(text)).status).toBe(200);
    later += 1_000;
    expect((await use(createTokenText())).json.code).toBe("TOKEN_INVALID");
    // A flood of them results in a few entries with a count.
    expect((await other.ask("GET", "/api/audit?action=session.refuse")).json.entries.length).toBeLessThan(5);
  });
});

describe("behind a proxy that signs people in", () => {
  let bff: Bff;
  afterEach(() => bff.close());

  it("a service token is the only identity of its request, and a foreign bearer token none", async () => {
    bff = await startBff({
      upstreamUrl: stack.emulator.origin,
      environment: { ...headerMode, WSC_TRUSTED_PROXIES: "127.0.0.1/32", WSC_PUBLIC_ORIGIN: "http://localhost" },
    });
    const admin = proxyHeaders("kim", "owners");
    const ask = (method: string, path: string, { headers = {}, ...rest }: Ask) =>
      bff.ask(method, path, { ...rest, headers: { Host: `localhost:${bff.port}`, ...headers } });
    const body = { name: "pipeline", role: "viewer", targets: null, expiresInDays: 1 };
    const made = await ask("POST", "/api/tokens", { body, headers: admin });
    const bearer = (text: string) => ({ ...programHeaders, Authorization: `Bearer ${text}` });
    const names = async (headers: NonNullable<Ask["headers"]>) => {
      const answer = await ask("GET", "/api/session", { headers });
      return answer.json.user?.name ?? answer.json.code;
    };
    expect(await names(bearer(made.json.text))).toBe("pipeline");
    expect(await names({ ...admin, ...bearer(made.json.text) })).toBe("pipeline");
    expect(await names({ ...admin, ...bearer(createTokenText()) })).toBe("TOKEN_INVALID");
    expect(await names({ ...admin, Authorization: "Bearer eyJhbGciOi.of.the-proxy" })).toBe("kim");
    expect(await names(bearer("eyJhbGciOi.of.the-proxy"))).toBe("REQUEST_GUARD_MISSING");
  });
});

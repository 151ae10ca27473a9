import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LocalIdp, startLocalIdp } from "@wsc-dashboard/local-idp";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { freePort } from "../../../../scripts/free-port.ts";
import { createCanarySearch, rawFiles } from "../canaries.ts";
import { jobBody, type Stack, startStack } from "../start-bff.ts";
import { headerMode } from "./header-mode.ts";
import { Visitor as Browser } from "./visitor.ts";

let idp: LocalIdp;
let stack: Stack;
let ahead = 0;
let origin = "";
let directory = "";
beforeAll(async () => {
  const port = await freePort();
  origin = `http://127.0.0.1:${port}`;
  idp = await startLocalIdp(origin);
  directory = mkdtempSync(join(tmpdir(), "wsc-oidc-"));
  stack = await startStack({
    port,
    bffNow: () => Date.now() + ahead,
    environment: {
      ...idp.settings,
      WSC_DATA_DIR: directory,
      WSC_ENCRYPTION_KEYS: headerMode.WSC_ENCRYPTION_KEYS ?? "",
    },
  });
});
afterAll(async () => {
  await stack.close();
  await idp.close();
  rmSync(directory, { recursive: true, force: true });
});
beforeEach(() => {
  ahead = 0;
});

class Visitor extends Browser {
  constructor() {
    super(origin);
  }
  ask(method: string, path: string, body?: unknown) {
    return stack.ask(method, path, {
      headers: { Cookie: `wsc_sid=${this.sid}` },
      ...(body === undefined ? {} : { body }),
    });
  }
}
const signedIn = async (person: string): Promise<Visitor> => {
  const visitor = new Visitor();
  await visitor.signIn(person);
  return visitor;
};
const minutes = 60_000;

describe("login at a provider", () => {
  it("succeeds, returns to the requested page, and logout ends it everywhere", async () => {
    const visitor = new Visitor();
    expect(await visitor.signIn("operator", undefined, "/jobs/new?memo=1")).toBe(`${origin}/jobs/new?memo=1`);
    expect((await visitor.ask("GET", "/api/session")).json).toMatchObject({
      authMode: "oidc",
      user: { name: "Local operator", roles: ["operator"] },
      signIn: { startUrl: "/auth/login", end: { kind: "post", url: "/auth/logout" } },
    });
    const { sid } = visitor;
    const out = await visitor.ask("POST", "/auth/logout");
    expect(out).toMatchObject({ status: 200, json: { next: expect.stringContaining(`${idp.issuer}/session/end?`) } });
    expect(out.headers["clear-site-data"]).toBe('"cache", "storage"');
    expect((await stack.ask("GET", "/api/session", { headers: { Cookie: `wsc_sid=${sid}` } })).status).toBe(401);
  });

  it("creates a new session id each time and ends the previous session", async () => {
    const visitor = await signedIn("viewer");
    const first = visitor.sid;
    await visitor.open(`${origin}/auth/login`);
    expect(visitor.sid).not.toBe(first);
    expect((await stack.ask("GET", "/api/session", { headers: { Cookie: `wsc_sid=${first}` } })).status).toBe(401);
    expect((await visitor.ask("GET", "/api/session")).status).toBe(200);
  });

  it("stores neither session id nor tokens in plain text", async () => {
    const visitor = await signedIn("viewer");
    const rows = JSON.stringify(await stack.database.db.selectFrom("session").selectAll().execute());
    expect(rows).not.toContain(visitor.sid);
    expect(rows).not.toMatch(/eyJ[\w-]{10,}\.eyJ/);
  });

  it.each([
    "//evil.example.com",
    "/\\evil.example.com",
    "https://evil.example.com",
    "/auth/logout",
    "/api/session",
    "/a\nb",
    "",
    "javascript:alert(1)",
    "/%0d%0aX:1/../..//evil.example.com",
  ])("never leads to %j", async (returnTo) => {
    const end = new URL(await new Visitor().signIn("viewer", undefined, returnTo));
    expect(end.origin).toBe(origin);
    expect(end.pathname).not.toMatch(/^\/(auth|api)|^\/\//);
  });

  const refusals: readonly (readonly [string, (callback: string, visitor: Visitor) => string])[] = [
    ["another state", (url) => url.replace(/state=[^&]+/, "state=forged")],
    ["no state", (url) => url.replace(/state=[^&]+/, "")],
    ["another code", (url) => url.replace(/code=[^&]+/, "code=forged")],
    ["another issuer", (url) => url.replace(/iss=[^&]+/, "iss=https%3A%2F%2Fevil.example.com")],
    ["no issuer", (url) => url.replace(/&iss=[^&]+/, "")],
    ["two codes", (url) => `${url}&code=second`],
    [
      "the cookie of nobody",
      (url, visitor) => {
        visitor.cookies.clear();
        return url;
      },
    ],
    [
      "a changed cookie",
      (url, visitor) => {
        for (const name of visitor.cookies.keys()) visitor.cookies.set(name, "v1.a.b.c");
        return url;
      },
    ],
    [
      "eleven minutes later",
      (url) => {
        ahead = 11 * minutes;
        return url;
      },
    ],
  ];
  it.each(refusals)("with %s is refused", async (_, change) => {
    const visitor = new Visitor();
    const callback = await visitor.signIn("admin", "/auth/callback");
    const end = await visitor.open(change(callback, visitor));
    expect(end.url).toBe(`${origin}/signed-out?why=SIGN_IN_REFUSED`);
    expect(visitor.sid).toBe("");
  });

  it("with an error of the provider is refused, and names the provider as the cause", async () => {
    const visitor = new Visitor();
    const callback = await visitor.signIn("admin", "/auth/callback");
    const end = await visitor.open(callback.replace(/code=[^&]+/, "error=access_denied").replace(/&iss=[^&]+/, ""));
    expect(end.url).toBe(`${origin}/signed-out?why=SIGN_IN_DENIED`);
    expect(visitor.sid).toBe("");
  });

  it("accepts an answer once: a replay, also from another browser with the same cookie, is refused", async () => {
    const visitor = new Visitor();
    const callback = await visitor.signIn("admin", "/auth/callback");
    const thief = new Visitor();
    for (const [name, value] of visitor.cookies) thief.cookies.set(name, value);
    await visitor.open(callback);
    expect((await visitor.ask("GET", "/api/session")).status).toBe(200);
    await thief.open(callback);
    expect(thief.sid).toBe("");
  });

  it.each(["image", "script", "iframe", "empty"])("does not start for a %s request", async (destination) => {
    const answer = await stack.ask("GET", "/auth/login", { headers: { "Sec-Fetch-Dest": destination } });
    expect(answer).toMatchObject({ status: 403, json: { code: "ORIGIN_FORBIDDEN" } });
  });
});

describe("a session", () => {
  it("ends after half an hour of background requests only, and one user action extends it", async () => {
    const visitor = await signedIn("viewer");
    ahead = 29 * minutes;
    await visitor.ask("GET", "/api/jobs");
    expect((await visitor.ask("POST", "/api/session/extend")).status).toBe(200);
    ahead = 58 * minutes;
    expect((await visitor.ask("GET", "/api/session")).status).toBe(200);
    ahead = 60 * minutes;
    expect(await visitor.ask("GET", "/api/session")).toMatchObject({ status: 401, json: { code: "SESSION_REQUIRED" } });
  });

  it("ends after eight hours, also when in use", async () => {
    const visitor = await signedIn("viewer");
    for (let at = 20; at < 480; at += 20) {
      ahead = at * minutes;
      expect((await visitor.ask("POST", "/api/session/extend")).status).toBe(200);
    }
    ahead = 480 * minutes;
    expect((await visitor.ask("GET", "/api/session")).status).toBe(401);
  });

  it("loses a role within fifteen minutes, and gains none before the next login", async () => {
    const person = idp.people.get("operator");
    if (person === undefined) throw new Error("no operator");
    const visitor = await signedIn("operator");
    person.groups = ["local-viewers", "local-admins"];
    ahead = 15 * minutes;
    const refused = await visitor.ask("POST", "/api/jobs", jobBody("https://shop.example.com/"));
    person.groups = ["local-operators"];
    expect(refused).toMatchObject({ status: 403, json: { code: "NO_ROLE" } });
    expect(stack.emulator.control.requests().filter(({ operation }) => operation === "createJob")).toEqual([]);
  });

  it.each(["", "x", "a".repeat(43), "' or 1=1 --", "__proto__"])("with the id %j is refused", async (id) => {
    const answer = await stack.ask("GET", "/api/session", { headers: { Cookie: `wsc_sid=${id}` } });
    expect(answer.status).toBe(401);
  });

  it("in two cookies is refused, and headers of other modes are ignored", async () => {
    const visitor = await signedIn("admin");
    const twice = { Cookie: `wsc_sid=${visitor.sid}; wsc_sid=${visitor.sid}` };
    expect((await stack.ask("GET", "/api/session", { headers: twice })).status).toBe(401);
    const forged = { "X-Forwarded-User": "root", "X-Forwarded-Groups": "local-admins", Cookie: "wsc_persona=admin" };
    expect((await stack.ask("GET", "/api/session", { headers: forged })).status).toBe(401);
  });

  it("cannot be ended by another site", async () => {
    const visitor = await signedIn("viewer");
    for (const headers of [{ "X-WSC-Request": null }, { "Sec-Fetch-Site": "cross-site" }]) {
      const answer = await stack.ask("POST", "/auth/logout", {
        headers: { Cookie: `wsc_sid=${visitor.sid}`, ...headers },
      });
      expect(answer.status).toBe(403);
    }
    expect((await visitor.ask("GET", "/api/session")).status).toBe(200);
  });

  it("ends on a valid logout token of the provider only", async () => {
    const visitor = await signedIn("auditor");
    for (const body of ["", "logout_token=", "logout_token=a.b.c", "logout_token=a&logout_token=b"]) {
      const answer = await stack.ask("POST", "/auth/backchannel-logout", {
        raw: body,
        headers: { "Content-Type": "application/x-www-form-urlencoded", "X-WSC-Request": null, "Sec-Fetch-Site": null },
      });
      expect(answer).toMatchObject({ status: 400, json: { code: "SIGN_IN_REFUSED" } });
    }
    expect((await visitor.ask("GET", "/api/session")).status).toBe(200);
    const { sid } = await stack.database.db
      .selectFrom("session")
      .select("sid")
      .where("name", "=", "Local auditor")
      .executeTakeFirstOrThrow();
    await idp.endSession("auditor", sid ?? "");
    expect((await visitor.ask("GET", "/api/session")).status).toBe(401);
  });
});

it("neither the client secret nor a session id is in a log line, file, audit entry or metric, and no token is in plain text", async () => {
  const visitor = new Visitor();
  await visitor.signIn("admin");
  const sessions = await stack.database.db.selectFrom("session").select("sealed").execute();
  expect(sessions.length).toBeGreaterThan(0);
  const saved = await visitor.ask("GET", "/api/audit/export?format=jsonl");
  expect(saved.status).toBe(200);
  const places: Record<string, string> = {
    log: stack.logs.join(""),
    audit: saved.text,
    metrics: await stack.metrics(),
    answers: JSON.stringify([
      (await visitor.ask("GET", "/api/session")).json,
      (await visitor.ask("GET", "/api/jobs")).json,
    ]),
    ...Object.fromEntries(rawFiles(directory)),
  };
  expect(places["wsc-dashboard.sqlite-wal"]).toContain(sessions.at(-1)?.sealed);
  const find = createCanarySearch({ clientSecret: idp.clientSecret, session: visitor.sid });
  for (const [place, text] of Object.entries(places)) {
    expect(find(text), place).toEqual([]);
    // Every JWT begins with the base64 of `{"`.
    expect(text, place).not.toMatch(/eyJ[\w-]{10,}\.eyJ/);
  }
});

// Must be the last one: the provider is not restarted.
describe("an unreachable provider", () => {
  it("is tolerated for fifteen minutes after its last answer, then access is refused", async () => {
    const visitor = await signedIn("admin");
    await idp.close();
    ahead = 14 * minutes;
    expect((await visitor.ask("POST", "/api/session/extend")).status).toBe(200);
    ahead = 15 * minutes;
    expect(await visitor.ask("GET", "/api/session")).toMatchObject({
      status: 503,
      json: { code: "IDENTITY_UNAVAILABLE" },
    });
  });
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { freePort } from "../../../../scripts/free-port.ts";
import { type Stack, startStack } from "../start-bff.ts";
import { headerMode } from "./header-mode.ts";
import { clientId, type ScriptedProvider, startScriptedProvider } from "./scripted-provider.ts";
import { Visitor } from "./visitor.ts";

let provider: ScriptedProvider;
let ahead = 0;
const stacks: Stack[] = [];
beforeAll(async () => {
  provider = await startScriptedProvider();
});
afterAll(() => provider.close());
beforeEach(() => {
  ahead = 0;
  provider.metadata = {};
  provider.claims = {};
  provider.tokenAnswer = null;
  provider.tokenCalls.length = 0;
});
afterEach(async () => {
  for (const stack of stacks.splice(0)) await stack.close();
});

/** A dashboard that authenticates people at the scripted provider. */
async function start(settings: Readonly<Record<string, string>> = {}): Promise<Stack> {
  const port = await freePort();
  const stack = await startStack({
    port,
    bffNow: () => Date.now() + ahead,
    environment: {
      WSC_AUTH_MODE: "oidc",
      WSC_PUBLIC_ORIGIN: `http://127.0.0.1:${port}`,
      WSC_AUTH_ISSUER: `${provider.origin}/realm`,
      WSC_OIDC_CLIENT_ID: clientId,
      WSC_OIDC_CLIENT_SECRET: "plain-secret",
      WSC_ROLE_MAP: headerMode.WSC_ROLE_MAP ?? "",
      WSC_ENCRYPTION_KEYS: headerMode.WSC_ENCRYPTION_KEYS ?? "",
      ...settings,
    },
  });
  stacks.push(stack);
  return stack;
}

interface Flow {
  readonly state: string;
  readonly nonce: string;
}

/** Follows the login up to the provider's page. */
async function leave(visitor: Visitor, returnTo = "/jobs"): Promise<Flow> {
  const { url } = await visitor.open(
    `${visitor.origin}/auth/login?returnTo=${encodeURIComponent(returnTo)}`,
    "/authorize",
  );
  const { searchParams } = new URL(url);
  return { state: searchParams.get("state") ?? "", nonce: searchParams.get("nonce") ?? "" };
}
const comeBack = async (visitor: Visitor, query: Readonly<Record<string, string>>): Promise<string> =>
  (await visitor.open(`${visitor.origin}/auth/callback?${new URLSearchParams(query)}`)).url.replace(visitor.origin, "");
const finish = (visitor: Visitor, { state, nonce }: Flow): Promise<string> => comeBack(visitor, { code: nonce, state });
async function signIn(visitor: Visitor): Promise<string> {
  return finish(visitor, await leave(visitor));
}
const rolesOf = async (stack: Stack, visitor: Visitor): Promise<string[] | null> => {
  const answer = await stack.ask("GET", "/api/session", { headers: { Cookie: `wsc_sid=${visitor.sid}` } });
  return answer.status === 200 ? answer.json.user.roles : null;
};
const refusalsIn = async ({ database }: Stack): Promise<string[]> => {
  const rows = await database.db.selectFrom("audit").select(["entry", "action"]).orderBy("seq").execute();
  return rows.flatMap(({ entry, action }) => (action === "session.refuse" ? [JSON.parse(entry).details.reason] : []));
};

describe("client authentication at the token endpoint", () => {
  const methods = (...names: string[]) => ({ token_endpoint_auth_methods_supported: names });
  const basicOf = (secret: string): string => `Basic ${Buffer.from(`${clientId}:${secret}`).toString("base64")}`;
  const odd = "a+b/c=";

  it("is the one that the provider announces, unless the setting chooses another", async () => {
    const cases: readonly (readonly [object, string, string, "basic" | "post"])[] = [
      [methods("client_secret_post"), "auto", "plain-secret", "post"],
      [{}, "auto", "plain-secret", "basic"],
      [methods("client_secret_basic", "client_secret_post"), "auto", "a-b_c.d", "basic"],
      [methods("client_secret_post", "client_secret_basic"), "auto", odd, "post"],
      [methods("client_secret_basic"), "auto", odd, "basic"],
      [methods("client_secret_basic"), "post", odd, "post"],
      [methods("client_secret_post"), "basic", "plain-secret", "basic"],
      [methods("private_key_jwt"), "post", "plain-secret", "post"],
    ];
    for (const [metadata, setting, secret, expected] of cases) {
      provider.metadata = { ...metadata };
      provider.tokenCalls.length = 0;
      const stack = await start({ WSC_OIDC_CLIENT_AUTH: setting, WSC_OIDC_CLIENT_SECRET: secret });
      const name = JSON.stringify([metadata, setting, secret]);
      expect(await signIn(new Visitor(stack.origin)), name).toBe("/jobs");
      const [{ authorization, form } = { authorization: "none", form: new URLSearchParams() }] = provider.tokenCalls;
      const encoded = secret === odd ? encodeURIComponent(odd) : secret;
      expect(authorization, name).toBe(expected === "basic" ? basicOf(encoded) : undefined);
      expect(form.get("client_secret"), name).toBe(expected === "post" ? secret : null);
      await stacks.pop()?.close();
    }
  });

  it("that is unsupported is logged at the start, with the setting to change", async () => {
    provider.metadata = methods("private_key_jwt");
    const stack = await start();
    const { url } = await new Visitor(stack.origin).open(`${stack.origin}/auth/login`);
    expect(url).toBe(`${stack.origin}/signed-out?why=IDENTITY_UNAVAILABLE`);
    expect(stack.logs.join("")).toContain("WSC_OIDC_CLIENT_AUTH");
  });
});

describe("the issuer", () => {
  it("may differ by a final slash, or be the URL of the discovery document: login and logout tokens work", async () => {
    const cases: readonly (readonly [string, string])[] = [
      ["/realm", "/realm"],
      ["/realm", "/realm/"],
      ["/realm/", "/realm"],
      ["/realm/.well-known/openid-configuration", "/realm"],
      ["/realm/.well-known/openid-configuration", "/realm/"],
    ];
    for (const [configured, told] of cases) {
      provider.metadata = { issuer: `${provider.origin}${told}` };
      const stack = await start({ WSC_AUTH_ISSUER: `${provider.origin}${configured}` });
      const visitor = new Visitor(stack.origin);
      expect(await signIn(visitor), `${configured} ${told}`).toBe("/jobs");
      expect(await rolesOf(stack, visitor)).toEqual(["viewer"]);
      expect((await sendLogout(stack, await provider.logoutToken())).status).toBe(200);
      expect(await rolesOf(stack, visitor)).toBeNull();
      await stacks.pop()?.close();
    }
  });

  it("that differs otherwise is refused, and the log names the value to set", async () => {
    provider.metadata = { issuer: "https://other.example.com/realm" };
    for (const path of ["/realm", "/realm/.well-known/openid-configuration"]) {
      const stack = await start({ WSC_AUTH_ISSUER: `${provider.origin}${path}` });
      const { url } = await new Visitor(stack.origin).open(`${stack.origin}/auth/login`);
      expect(url).toBe(`${stack.origin}/signed-out?why=IDENTITY_UNAVAILABLE`);
      expect(stack.logs.join("")).toContain("its issuer is https://other.example.com/realm");
    }
  });
});

const sendLogout = (stack: Stack, token: string) =>
  stack.ask("POST", "/auth/backchannel-logout", {
    raw: `logout_token=${token}`,
    headers: { "Content-Type": "application/x-www-form-urlencoded", "X-WSC-Request": null, "Sec-Fetch-Site": null },
  });

describe("a logout token", () => {
  it("ends the session with the recommended type, JWT or none, with or without a session id", async () => {
    const stack = await start();
    const headers = [{ typ: "logout+jwt" }, { typ: "application/logout+jwt" }, { typ: "JWT" }, {}];
    for (const header of headers) {
      for (const claims of [{}, { sid: "s1" }, { sid: "s1", sub: undefined }]) {
        const visitor = new Visitor(stack.origin);
        await signIn(visitor);
        expect((await sendLogout(stack, await provider.logoutToken(claims, header))).status).toBe(200);
        expect(await rolesOf(stack, visitor), JSON.stringify([header, claims])).toBeNull();
      }
    }
    provider.claims = { sid: undefined };
    const visitor = new Visitor(stack.origin);
    await signIn(visitor);
    await sendLogout(stack, await provider.logoutToken({ sid: "of the provider's own" }));
    expect(await rolesOf(stack, visitor)).toBeNull();
  });

  it("of another kind ends nothing", async () => {
    const stack = await start();
    const visitor = new Visitor(stack.origin);
    await signIn(visitor);
    const used = await provider.logoutToken({ sub: "somebody else" });
    await sendLogout(stack, used);
    for (const token of [
      await provider.logoutToken({}, { typ: "at+jwt" }),
      await provider.logoutToken({}, { typ: "secevent+jwt" }),
      await provider.logoutToken({ nonce: "n" }),
      await provider.logoutToken({ events: {} }),
      await provider.logoutToken({ events: undefined }),
      await provider.logoutToken({ sub: undefined }),
      await provider.logoutToken({ jti: undefined }),
      used,
    ]) {
      expect(await sendLogout(stack, token)).toMatchObject({ status: 400, json: { code: "SIGN_IN_REFUSED" } });
    }
    expect(await rolesOf(stack, visitor)).toEqual(["viewer"]);
  });
});

describe("several tabs", () => {
  it("that log in concurrently each return to their own page, in either order", async () => {
    const stack = await start();
    for (const order of [
      ["/jobs", "/schedules"],
      ["/schedules", "/jobs"],
    ]) {
      const visitor = new Visitor(stack.origin);
      const flows = new Map<string, Flow>();
      for (const page of ["/jobs", "/schedules"]) flows.set(page, await leave(visitor, page));
      for (const page of order) {
        expect(await finish(visitor, flows.get(page) ?? { state: "", nonce: "" })).toBe(page);
        expect(await rolesOf(stack, visitor)).toEqual(["viewer"]);
      }
    }
  });

  it("keep at most eight flow cookies, the newest first", async () => {
    const stack = await start();
    const visitor = new Visitor(stack.origin);
    const flows: Flow[] = [];
    for (let tab = 0; tab < 12; tab += 1) {
      ahead += 1000;
      flows.push(await leave(visitor));
    }
    expect([...visitor.cookies.keys()].filter((name) => name.includes("wsc_tx")).length).toBeLessThanOrEqual(8);
    expect(await finish(visitor, flows.at(-1) ?? { state: "", nonce: "" })).toBe("/jobs");
    expect(await finish(visitor, flows[0] ?? { state: "", nonce: "" })).toBe("/signed-out?why=SIGN_IN_REFUSED");
  });

  it("follow a repeated callback to the page, and ask the provider once", async () => {
    const stack = await start();
    const visitor = new Visitor(stack.origin);
    const flow = await leave(visitor, "/schedules");
    expect(await finish(visitor, flow)).toBe("/schedules");
    const { sid } = visitor;
    expect(await finish(visitor, flow)).toBe("/schedules");
    expect(visitor.sid).toBe(sid);
    expect(provider.tokenCalls).toHaveLength(1);
    expect(await refusalsIn(stack)).toEqual([]);
  });
});

describe("an error of the provider", () => {
  const description = "User is not assigned to the client application.";

  it("is shown in a sentence for each kind, with its code in the log and the audit log", async () => {
    const stack = await start();
    const kinds: readonly (readonly [string, string])[] = [
      ["access_denied", "SIGN_IN_DENIED"],
      ["login_required", "SIGN_IN_INTERRUPTED"],
      ["consent_required", "SIGN_IN_INTERRUPTED"],
      ["unauthorized_client", "SIGN_IN_MISCONFIGURED"],
      ["invalid_scope", "SIGN_IN_MISCONFIGURED"],
      ["temporarily_unavailable", "IDENTITY_UNAVAILABLE"],
    ];
    for (const [error, code] of kinds) {
      const visitor = new Visitor(stack.origin);
      const { state } = await leave(visitor);
      const end = await comeBack(visitor, { error, error_description: description, state });
      expect(end, error).toBe(`/signed-out?why=${code}`);
      expect(visitor.sid).toBe("");
      expect((await refusalsIn(stack)).at(-1)).toBe(`the provider answered ${error}`);
      expect(JSON.parse(stack.logs.findLast((line) => line.includes("sign-in refused")) ?? "{}")).toMatchObject({
        "error.code": code,
        "wsc.providerError": error,
        "wsc.providerDescription": description,
      });
    }
    expect(provider.tokenCalls).toEqual([]);
  });

  it("is logged bounded, on one line, without control characters, and only known codes reach the audit log", async () => {
    const stack = await start();
    const visitor = new Visitor(stack.origin);
    const { state } = await leave(visitor);
    const words = `\u{1b}[31m\r\n\u{202e}${"x".repeat(5000)}`;
    const end = await comeBack(visitor, { error: `odd\n${"y".repeat(500)}`, error_description: words, state });
    expect(end).toBe("/signed-out?why=SIGN_IN_DENIED");
    const line = JSON.parse(stack.logs.findLast((each) => each.includes("sign-in refused")) ?? "{}");
    for (const text of [line["wsc.providerError"], line["wsc.providerDescription"]]) {
      expect(text.length).toBeLessThanOrEqual(300);
      expect(text).not.toMatch(/[\p{C}]/u);
    }
    expect(await refusalsIn(stack)).toEqual(["the provider answered a code of its own"]);
  });

  it("is ignored with an unknown state", async () => {
    const stack = await start();
    const visitor = new Visitor(stack.origin);
    await leave(visitor);
    for (const query of [{ state: "made-up" }, {}]) {
      const end = await comeBack(visitor, { error: "access_denied", error_description: "canary", ...query });
      expect(end).toBe("/signed-out?why=SIGN_IN_REFUSED");
    }
    expect(stack.logs.filter((line) => line.includes("sign-in refused")).join("")).not.toContain("canary");
  });

  it("at its token endpoint is logged as well, and people are told who can help", async () => {
    const stack = await start();
    const said = (error: string) => JSON.stringify({ error, error_description: description });
    const challenge = { "WWW-Authenticate": 'Basic realm="r"' };
    const cases: readonly (readonly [number, string, object, string, string | undefined])[] = [
      [401, said("invalid_client"), challenge, "SIGN_IN_MISCONFIGURED", "invalid_client"],
      [400, said("unauthorized_client"), {}, "SIGN_IN_MISCONFIGURED", "unauthorized_client"],
      [400, said("invalid_grant"), {}, "SIGN_IN_REFUSED", "invalid_grant"],
      [401, "<html>", challenge, "SIGN_IN_MISCONFIGURED", "invalid_client"],
      [503, "<html>", {}, "IDENTITY_UNAVAILABLE", undefined],
      [500, said("server_error"), {}, "IDENTITY_UNAVAILABLE", undefined],
    ];
    for (const [status, body, headers, code, error] of cases) {
      provider.tokenAnswer = { status, body, headers: { ...headers } };
      expect(await signIn(new Visitor(stack.origin)), body).toBe(`/signed-out?why=${code}`);
      const line = JSON.parse(stack.logs.findLast((each) => each.includes("sign-in refused")) ?? "{}");
      expect(line["wsc.providerError"], body).toBe(error);
    }
    expect(stack.logs.join("")).not.toContain("plain-secret");
  });
});

it("roles come from a claim inside a claim, and from an object of roles", async () => {
  const cases: readonly (readonly [string, object])[] = [
    ["realm_access.roles", { realm_access: { roles: ["drivers"] } }],
    ["urn:example:roles", { "urn:example:roles": { drivers: { "7": "example.com" } } }],
  ];
  for (const [claim, claims] of cases) {
    provider.claims = { ...claims };
    const stack = await start({ WSC_AUTH_GROUPS_CLAIM: claim });
    const visitor = new Visitor(stack.origin);
    await signIn(visitor);
    expect(await rolesOf(stack, visitor), claim).toEqual(["operator"]);
  }
});

it("forged codes of anonymous visitors cause at most sixty calls to the provider and then one a second, and others can log in again soon", async () => {
  const stack = await start();
  provider.tokenAnswer = { status: 400, body: '{"error":"invalid_grant"}' };
  const ends = new Set<string>();
  for (let attempt = 0; attempt < 90; attempt += 1) ends.add(await signIn(new Visitor(stack.origin)));
  expect(provider.tokenCalls.length).toBeGreaterThanOrEqual(60);
  expect(ends).toContain("/signed-out?why=SERVER_BUSY");
  provider.tokenAnswer = null;
  ahead = 5000;
  expect(await signIn(new Visitor(stack.origin))).toBe("/jobs");
});

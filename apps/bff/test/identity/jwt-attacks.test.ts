import { createHmac } from "node:crypto";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { jobBody, type Stack, startStack } from "../start-bff.ts";
import { audience, jwtMode, type SigningParty, startSigningParty } from "./signing-party.ts";

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

const session = (assertion: string | string[]) =>
  stack.ask("GET", "/api/session", { headers: { "X-Assertion": assertion } });
const seconds = (): number => Math.floor(Date.now() / 1000);
const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const signedWithOtherKey = async (header: Record<string, unknown> = {}): Promise<string> => {
  const { privateKey } = await generateKeyPair("ES256");
  const at = seconds();
  return new SignJWT({ iss: party.issuer, aud: audience, sub: "ann", iat: at, exp: at + 300, groups: ["owners"] })
    .setProtectedHeader({ alg: "ES256", kid: "first", ...header })
    .sign(privateKey);
};
const parts = async (): Promise<[string, string, string]> =>
  (await party.sign()).split(".") as [string, string, string];
const withHmac = async (key: string): Promise<string> => {
  const [, body] = await parts();
  const head = encoded({ alg: "HS256", kid: "first" });
  return `${head}.${body}.${createHmac("sha256", key).update(`${head}.${body}`).digest("base64url")}`;
};

/** [what, token, status]: 401 when not authenticated, 403 when authenticated without a role. */
const attacks: readonly (readonly [string, () => Promise<string | string[]>, number])[] = [
  ["alg none without signature", async () => `${encoded({ alg: "none", kid: "first" })}.${(await parts())[1]}.`, 401],
  ["alg None in other letters", async () => `${encoded({ alg: "NoNe", kid: "first" })}.${(await parts())[1]}.`, 401],
  [
    "alg none with the old signature",
    async () => [encoded({ alg: "none", kid: "first" }), ...(await parts()).slice(1)].join("."),
    401,
  ],
  ["HS256 with the public key as secret", () => withHmac(JSON.stringify(party.publicJwk)), 401],
  ["HS256 with the key's coordinate as secret", () => withHmac(String(party.publicJwk.x)), 401],
  ["HS256 with an empty secret", () => withHmac(""), 401],
  [
    "RS256 named over an ES256 signature",
    async () => [encoded({ alg: "RS256", kid: "first" }), ...(await parts()).slice(1)].join("."),
    401,
  ],
  ["no algorithm", async () => [encoded({ kid: "first" }), ...(await parts()).slice(1)].join("."), 401],
  ["a stranger's key under our key id", () => signedWithOtherKey(), 401],
  [
    "a stranger's key by jwk",
    async () => signedWithOtherKey({ jwk: await exportJWK((await generateKeyPair("ES256")).publicKey) }),
    401,
  ],
  ["a stranger's key by jku", () => signedWithOtherKey({ jku: "https://evil.example.com/jwks" }), 401],
  ["a stranger's key by x5u", () => signedWithOtherKey({ x5u: "https://evil.example.com/cert" }), 401],
  ["a stranger's key by x5c", () => signedWithOtherKey({ x5c: ["MIIB"] }), 401],
  ["our key and a jku beside it", () => party.sign({}, { jku: party.jwksUrl }), 401],
  ["a critical extension", () => party.sign({}, { crit: ["exp"], exp: seconds() + 60 }), 401],
  ["no key id", () => party.sign({}, { kid: undefined }), 401],
  ["an unknown key id", () => party.sign({}, { kid: "second" }), 401],
  ["a path as key id", () => party.sign({}, { kid: "../../etc/passwd" }), 401],
  ["an address as key id", () => party.sign({}, { kid: "http://169.254.169.254/" }), 401],
  ["a query as key id", () => party.sign({}, { kid: "' or 1=1 --" }), 401],
  ["a logout token", () => party.sign({}, { typ: "logout+jwt" }), 401],
  ["an access token", () => party.sign({}, { typ: "at+jwt" }), 401],
  [
    "a logout token that says it is a JWT",
    () => party.sign({ events: { "http://schemas.openid.net/event/backchannel-logout": {} } }, { typ: "JWT" }),
    401,
  ],
  ["another issuer", () => party.sign({ iss: "https://evil.example.com" }), 401],
  ["our issuer with a slash more", () => party.sign({ iss: `${party.issuer}/` }), 401],
  ["a list of issuers", () => party.sign({ iss: [party.issuer] as unknown as string }), 401],
  ["another audience", () => party.sign({ aud: "another" }), 401],
  ["no audience", () => party.sign({ aud: undefined as unknown as string }), 401],
  ["an audience that begins like ours", () => party.sign({ aud: `${audience}-test` }), 401],
  ["given to another of two parties", () => party.sign({ aud: [audience, "another"], azp: "another" }), 401],
  ["no expiry", () => party.sign({ exp: undefined as unknown as number }), 401],
  ["expired", () => party.sign({ exp: seconds() - 31 }), 401],
  ["an expiry that is a text", () => party.sign({ exp: "9999999999" as unknown as number }), 401],
  ["no time of issue", () => party.sign({ iat: undefined as unknown as number }), 401],
  ["issued in the future", () => party.sign({ iat: seconds() + 120 }), 401],
  ["issued two days ago", () => party.sign({ iat: seconds() - 172_800, exp: seconds() + 60 }), 401],
  ["good for ten years", () => party.sign({ exp: seconds() + 315_360_000 }), 401],
  ["not valid yet", () => party.sign({ nbf: seconds() + 300 }), 401],
  ["no subject", () => party.sign({ sub: undefined as unknown as string }), 401],
  ["an empty subject", () => party.sign({ sub: "" }), 401],
  ["a subject with a line break", () => party.sign({ sub: "ann\nadmin" }), 401],
  [
    "a changed body",
    async () => {
      const [a, , c] = await parts();
      return `${a}.${encoded({ sub: "root" })}.${c}`;
    },
    401,
  ],
  ["a signature cut short", async () => (await party.sign()).slice(0, -4), 401],
  ["four parts", async () => `${await party.sign()}.e30`, 401],
  ["an encrypted token", async () => "a.b.c.d.e", 401],
  ["two assertions in one header", async () => `${await party.sign()}, ${await party.sign()}`, 401],
  ["two assertion headers", async () => [await party.sign(), await party.sign()], 401],
  ["a scheme before the assertion", async () => `Bearer ${await party.sign()}`, 401],
  ["over 12 kB of rubbish", async () => "a".repeat(12_500), 401],
  [
    "groups as an object that grants nothing",
    () => party.sign({ groups: { owners: false, drivers: {}, checkers: null } }),
    403,
  ],
  ["groups as a number", () => party.sign({ groups: 1 }), 403],
  ["groups in a list of objects", () => party.sign({ groups: [{ owners: true }] }), 403],
  ["groups with a number among them", () => party.sign({ groups: ["owners", 1] }), 403],
  ["groups nested in a list", () => party.sign({ groups: [["owners"]] }), 403],
  ["several groups in one text", () => party.sign({ groups: "owners,readers" }), 403],
  ["a group in other letters", () => party.sign({ groups: ["Owners"] }), 403],
  ["a group named __proto__", () => party.sign({ groups: ["__proto__", "constructor"] }), 403],
  ["a group with a space", () => party.sign({ groups: ["owners "] }), 403],
];

describe("an assertion", () => {
  it("that is valid is accepted, with its name, role and expiry", async () => {
    const answer = await session(await party.sign({ name: "Ann Park", groups: ["drivers", "checkers", "unknown"] }));
    expect(answer).toMatchObject({
      status: 200,
      json: { authMode: "jwt", user: { name: "Ann Park", roles: ["operator", "auditor"] } },
    });
    expect(new Date(answer.json.endsAt).getTime()).toBeGreaterThan(Date.now() + 200_000);
  });

  it.each(attacks)("with %s is refused", async (_, forge, status) => {
    const assertion = await forge();
    const answer = await session(assertion);
    expect(answer).toMatchObject({ status, json: { code: status === 401 ? "SESSION_REQUIRED" : "NO_ROLE" } });
    const paid = await stack.ask("POST", "/api/jobs", {
      body: jobBody("https://shop.example.com/"),
      headers: { "X-Assertion": assertion },
    });
    expect(paid.status).toBe(status);
    expect(stack.emulator.control.requests()).toEqual([]);
  });

  it.each([
    ["_claim_names", { _claim_names: { groups: "src1" } }],
    ["hasgroups", { hasgroups: true }],
    ["groups:src1", { "groups:src1": "https://graph.example.com" }],
  ])("whose groups were left out (%s) is told so, whatever groups are in it", async (_, mark) => {
    expect(await session(await party.sign({ ...mark, groups: ["owners"] }))).toMatchObject({
      status: 403,
      json: { code: "GROUPS_OVERAGE" },
    });
  });

  it("is evaluated on its own: a withdrawn role is gone with the next one", async () => {
    const create = async (groups: string[]) =>
      stack.ask("GET", "/api/session", { headers: { "X-Assertion": await party.sign({ groups }) } });
    expect((await create(["owners"])).json.permissions).toContain("jobs.create");
    expect((await create(["readers"])).json.permissions).not.toContain("jobs.create");
    expect((await create([])).json.code).toBe("NO_ROLE");
  });

  it("is never logged", () => {
    expect(stack.logs.join("")).not.toMatch(/eyJ[\w-]{10,}/);
  });
});

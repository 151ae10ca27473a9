import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Stack, startStack } from "../start-bff.ts";
import { headerMode, proxyAddress, proxyHeaders, proxySecret } from "./header-mode.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ environment: headerMode });
});
afterAll(() => stack.close());

type Headers = Readonly<Record<string, string | string[]>>;

/** Sends as the proxy does, or from another address. */
function send(headers: Headers, from: string, path = "/api/session"): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const own = { "X-WSC-Request": "1", "Sec-Fetch-Site": "same-origin", Host: `127.0.0.1:${stack.port}` };
    const options = {
      host: "127.0.0.1",
      port: stack.port,
      localAddress: from,
      path,
      headers: { ...own, ...headers },
      agent: false,
    };
    const request = httpRequest(options, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
    });
    request.on("error", reject).end();
  });
}

/** Header names by which products pass on an identity. */
const identityHeaders = [
  "X-Forwarded-User",
  "X-Forwarded-Groups",
  "X-Forwarded-Email",
  "X-Forwarded-Preferred-Username",
  "X-Forwarded-Access-Token",
  "X-Auth-Request-User",
  "X-Auth-Request-Groups",
  "X-Auth-Request-Email",
  "Remote-User",
  "Remote-Groups",
  "Remote-Name",
  "Remote-Email",
  "X-Remote-User",
  "X-Remote-Group",
  "X-Authentik-Username",
  "X-Authentik-Groups",
  "X-Authentik-Jwt",
  "X-User",
  "X-Username",
  "X-WebAuth-User",
  "X-Goog-Authenticated-User-Email",
  "X-Goog-IAP-JWT-Assertion",
  "Cf-Access-Authenticated-User-Email",
  "Cf-Access-Jwt-Assertion",
  "X-Amzn-Oidc-Identity",
  "X-Amzn-Oidc-Data",
  "X-Pomerium-Jwt-Assertion",
  "X-MS-Client-Principal-Name",
  "Authorization",
  "X-Original-User",
] as const;
const claims: Headers = { "X-Forwarded-User": "root", "X-Forwarded-Groups": "owners" };
const underscored = (name: string): string => name.replaceAll("-", "_");

/** Six ways to claim "I am the administrator"; each is sent with one more identity header. */
const ways: readonly (readonly [string, (name: string) => Headers, string])[] = [
  ["from elsewhere without the secret", (name) => ({ ...claims, [name]: "root" }), "127.0.0.1"],
  [
    "from elsewhere with the secret",
    (name) => ({ ...claims, "X-WSC-Proxy-Secret": proxySecret, [name]: "root" }),
    "127.0.0.1",
  ],
  ["from the proxy's address without the secret", (name) => ({ ...claims, [name]: "root" }), proxyAddress],
  [
    "from the proxy's address with a wrong secret",
    (name) => ({ ...claims, "X-WSC-Proxy-Secret": `${proxySecret.slice(0, -1)}!`, [name]: "root" }),
    proxyAddress,
  ],
  [
    "from elsewhere, claiming the proxy's address",
    (name) => ({
      ...claims,
      "X-WSC-Proxy-Secret": proxySecret,
      "X-Forwarded-For": proxyAddress,
      "X-Real-IP": proxyAddress,
      Forwarded: `for=${proxyAddress}`,
      [name]: "root",
    }),
    "127.0.0.1",
  ],
  [
    "through the proxy under another name only",
    (name) => ({ "X-WSC-Proxy-Secret": proxySecret, [underscored(name)]: "root", X_Forwarded_User: "root" }),
    proxyAddress,
  ],
];

describe.each(ways)("a forged identity %s", (_, forge, from) => {
  it.each(identityHeaders)("with %s is not authenticated", async (name) => {
    const answer = await send(forge(name), from);
    expect(answer).toMatchObject({ status: 401, body: expect.stringContaining("SESSION_REQUIRED") });
    expect(stack.emulator.control.requests()).toEqual([]);
  });
});

describe("the proxy", () => {
  it("is trusted, with the roles of all groups and a name in any script", async () => {
    const korean = Buffer.from("박지은", "utf8").toString("latin1");
    const answer = await send(
      { ...proxyHeaders("ann", "drivers,checkers"), "X-Forwarded-Email": korean },
      proxyAddress,
    );
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({
      user: { name: "박지은", roles: ["operator", "auditor"] },
      endsAt: null,
    });
  });

  it("is trusted for its own headers only: other headers of a client change nothing", async () => {
    const others = Object.fromEntries(
      identityHeaders.filter((name) => !name.startsWith("X-Forwarded-")).map((name) => [name, "owners"]),
    );
    const answer = await send({ ...others, ...proxyHeaders("ann", "readers") }, proxyAddress);
    expect(JSON.parse(answer.body).user).toEqual({ name: "ann", roles: ["viewer"] });
  });

  it.each<[string, Headers, number]>([
    ["two users", { "X-Forwarded-User": ["ann", "root"] }, 401],
    ["two users in one header", { "X-Forwarded-User": "ann, root" }, 401],
    ["no user", { "X-Forwarded-User": "" }, 401],
    ["a user of 300 signs", { "X-Forwarded-User": "a".repeat(300) }, 401],
    ["a user that is not UTF-8", { "X-Forwarded-User": "\u00ff" }, 401],
    ["two lists of groups", { "X-Forwarded-Groups": ["readers", "owners"] }, 401],
    ["two secrets", { "X-WSC-Proxy-Secret": [proxySecret, proxySecret] }, 401],
    ["no group", { "X-Forwarded-Groups": "" }, 403],
    ["a group in other letters", { "X-Forwarded-Groups": "OWNERS" }, 403],
    ["groups under another separator", { "X-Forwarded-Groups": "readers|owners" }, 403],
  ])("with %s is refused", async (_, change, status) => {
    expect((await send({ ...proxyHeaders("ann", "owners"), ...change }, proxyAddress)).status).toBe(status);
  });

  /** UTF-8 bytes, as a proxy sends them. */
  const bytes = (text: string): string => Buffer.from(text, "utf8").toString("latin1");
  const unseen = [
    "\u{a0}",
    "\u{2003}",
    "\u{3000}",
    "\u{feff}",
    "\u{200b}",
    "\u{85}",
    "\u{2028}",
    "\u{ad}",
    "\u{3164}",
    "\u{202e}",
    "\u{fe0f}",
  ];

  it("distinguishes groups that differ in invisible characters", async () => {
    for (const character of unseen) {
      for (const groups of [`owners${character}`, `${character}owners`, `own${character}ers`, `x,${character}owners`]) {
        const answer = await send(proxyHeaders("ann", bytes(groups)), proxyAddress);
        expect(answer.status, JSON.stringify(groups)).toBe(403);
      }
    }
    for (const groups of ["owners ", " owners\t", "readers ,\t owners"]) {
      expect((await send(proxyHeaders("ann", groups), proxyAddress)).status, JSON.stringify(groups)).toBe(200);
    }
  });

  it("distinguishes users that differ in invisible characters", async () => {
    for (const character of unseen) {
      for (const user of [`ann${character}`, `${character}ann`, `an${character}n`, character]) {
        const answer = await send(proxyHeaders(bytes(user), "owners"), proxyAddress);
        expect(answer.status, JSON.stringify(user)).toBe(401);
      }
    }
    const { user } = JSON.parse((await send(proxyHeaders(" ann\t", "owners"), proxyAddress)).body);
    expect(user.name).toBe("ann");
  });

  it("keeps the spaces of other scripts in names", async () => {
    const headers = { ...proxyHeaders("ann", "owners"), "X-Forwarded-Email": bytes("山田　太郎") };
    expect(JSON.parse((await send(headers, proxyAddress)).body).user.name).toBe("山田　太郎");
  });

  it("answers a refused person with the name of the refused account", async () => {
    const { status, body } = await send(proxyHeaders("ann", "strangers"), proxyAddress);
    expect({ status, ...JSON.parse(body) }).toMatchObject({ status: 403, code: "NO_ROLE", signedInAs: "ann" });
  });

  it("withdraws a role with the next request", async () => {
    const permissions = async (groups: string) =>
      JSON.parse((await send(proxyHeaders("ann", groups), proxyAddress)).body).permissions;
    expect(await permissions("owners")).toContain("jobs.create");
    expect(await permissions("readers")).not.toContain("jobs.create");
  });
});

describe("who was known a moment ago", () => {
  const owner = proxyHeaders("alice", "owners");

  it("is nobody with headers that came twice, in whatever order, and without the secret", async () => {
    expect((await send(owner, proxyAddress)).status).toBe(200);
    const forged: Headers[] = [
      { ...owner, "X-Forwarded-User": ["alice", "owners"], "X-Forwarded-Groups": [] },
      { ...owner, "X-Forwarded-User": ["alice", "alice"] },
      { ...owner, "X-Forwarded-Groups": ["owners", "owners"] },
      { ...owner, "X-WSC-Proxy-Secret": "another" },
    ];
    for (const headers of forged) expect((await send(headers, proxyAddress)).status).toBe(401);
    expect((await send(owner, "127.0.0.1")).status).toBe(401);
  });
});

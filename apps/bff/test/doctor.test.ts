import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, type Emulator } from "@wsc-dashboard/wsc-emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openAuditChain } from "../src/audit/audit-chain.ts";
import type { Environment } from "../src/config/env.ts";
import { openSqliteDatabase } from "../src/database/open-database.ts";
import type { Finding } from "../src/doctor/finding.ts";
import { runDoctor } from "../src/doctor/run-doctor.ts";
import { ringOf } from "./database-bench.ts";
import { accessKey, secretKey } from "./start-bff.ts";

const clientSecret = "canary-client-secret-1";
const proxySecret = "canary-proxy-secret-0123456789abcdef";
let directory: string;
let emulator: Emulator;
let world: Server;
let origin: string;
/** A URL where nothing listens. */
let closed: string;
let base: Record<string, string>;

/** The responses of a provider, a JWK set and several proxies. */
function answer(request: IncomingMessage, response: ServerResponse): void {
  const { pathname } = new URL(request.url ?? "/", origin);
  const json = (status: number, body: unknown): void => {
    response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
  };
  const described = (issuer: string) => ({
    issuer,
    authorization_endpoint: `${origin}/authorize`,
    token_endpoint: `${origin}/token`,
    jwks_uri: `${origin}/jwks`,
    token_endpoint_auth_methods_supported: ["client_secret_basic"],
    response_types_supported: ["code"],
  });
  const known = `Basic ${Buffer.from(`dashboard:${encodeURIComponent(clientSecret).replaceAll("-", "%2D")}`).toString("base64")}`;
  if (pathname === "/idp/.well-known/openid-configuration") json(200, described(`${origin}/idp`));
  else if (pathname === "/renamed/.well-known/openid-configuration") json(200, described(`${origin}/another`));
  else if (pathname === "/token") {
    const isKnown = [known, `Basic ${Buffer.from(`dashboard:${clientSecret}`).toString("base64")}`].includes(
      request.headers.authorization ?? "",
    );
    json(isKnown ? 400 : 401, { error: isKnown ? "invalid_grant" : "invalid_client" });
  } else if (pathname === "/jwks") json(200, { keys: [{ kty: "RSA" }] });
  else if (pathname === "/empty") json(200, {});
  else if (pathname === "/page") response.writeHead(200, { "Content-Type": "text/html" }).end("<!doctype html>");
  else json(401, { code: "SESSION_REQUIRED" });
}

/** Runs `work` with a proxy of another kind on its own port. */
async function withProxy<T>(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
  work: (origin: string) => Promise<T>,
): Promise<T> {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "wsc-doctor-"));
  mkdirSync(join(directory, "web"));
  writeFileSync(join(directory, "web/index.html"), "");
  emulator = await createEmulator({ accessKey, secretKey, paceMs: 0, seed: true });
  world = createServer(answer);
  await new Promise<void>((resolve) => world.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(world.address() as AddressInfo).port}`;
  closed = await withProxy(answer, async (address) => address);
  const data = join(directory, "data");
  const database = await openSqliteDatabase(data);
  await openAuditChain(database.db, ringOf(1));
  await database.close();
  writeFileSync(join(data, "last-backup"), "");
  chmodSync(data, 0o700);
  base = {
    WSC_DATA_DIR: data,
    WSC_PUBLIC_ORIGIN: origin,
    WSC_UPSTREAM: "custom",
    WSC_UPSTREAM_URL: emulator.origin,
    WSC_ACCESS_KEY: accessKey,
    WSC_SECRET_KEY: secretKey,
    WSC_ENCRYPTION_KEYS: Buffer.alloc(32, 1).toString("base64"),
    WSC_AUTH_MODE: "header",
    WSC_AUTH_PRESET: "oauth2-proxy",
    WSC_TRUSTED_PROXIES: "127.0.0.1",
    WSC_PROXY_SECRET: proxySecret,
    WSC_ROLE_MAP: '{"security":"operator"}',
  };
});
afterAll(async () => {
  await emulator.close();
  world.closeAllConnections();
  world.close();
  rmSync(directory, { recursive: true, force: true });
});

type Change = Readonly<Record<string, string | undefined>>;
interface Around {
  readonly now?: () => number;
  readonly nodeVersion?: string;
  readonly webDirectory?: string;
}

const examine = (change: Change, { now = Date.now, nodeVersion = "24.1.0", webDirectory }: Around = {}) =>
  runDoctor({
    environment: { ...base, ...change } as Environment,
    nodeVersion,
    webDirectory: webDirectory ?? join(directory, "web"),
    now,
  });

const problems = (findings: readonly Finding[]): string[] =>
  findings
    .filter(({ state }) => state === "warning" || state === "problem")
    .map(({ area, state, text, advice }) => `${area} ${state}: ${text} → ${advice}`);

const oidc: Change = {
  WSC_AUTH_MODE: "oidc",
  WSC_AUTH_PRESET: undefined,
  WSC_TRUSTED_PROXIES: undefined,
  WSC_PROXY_SECRET: undefined,
  WSC_OIDC_CLIENT_ID: "dashboard",
  WSC_OIDC_CLIENT_SECRET: clientSecret,
};
const jwt: Change = {
  WSC_AUTH_MODE: "jwt",
  WSC_AUTH_PRESET: undefined,
  WSC_TRUSTED_PROXIES: undefined,
  WSC_PROXY_SECRET: undefined,
  WSC_AUTH_JWT_HEADER: "X-Assertion",
  WSC_AUTH_ISSUER: "https://issuer.example.com",
  WSC_AUTH_AUDIENCE: "dashboard",
};

/** Creates a file with this content; returns its path. */
function fileWith(name: string, content: string): string {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}

/** Creates a copy of the data directory and damages it. */
function dataWith(name: string, spoil: (path: string) => void): string {
  const path = join(directory, name);
  cpSync(base.WSC_DATA_DIR ?? "", path, { recursive: true, preserveTimestamps: true });
  chmodSync(path, 0o700);
  spoil(path);
  return path;
}

/** The certificate of a CA that was valid for a day. */
const expiredCertificate = `-----BEGIN CERTIFICATE-----
MIIBeTCCAR+gAwIBAgIUdc75RN9t2566bPTA2n2HchzyVTcwCgYIKoZIzj0EAwIw
EjEQMA4GA1UEAwwHVGVzdCBDQTAeFw0yNjExMjgxNTI4MjhaFw0yNjExMjkxNTI4
MjhaMBIxEDAOBgNVBAMMB1Rlc3QgQ0EwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
AAS5axSdKVZ24XwKpZ9OL5U09+Ve+3k1wiuAsCahtXfac53FP7NiA6rITipKBu9G
ZoVKX3qq7gCykikzR+eeKJNWo1MwUTAdBgNVHQ4EFgQUcuC/1sD3VOkrNgPoAQZ1
/prGTEcwHwYDVR0jBBgwFoAUcuC/1sD3VOkrNgPoAQZ1/prGTEcwDwYDVR0TAQH/
BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEAiUJbsYMsE0Fy6p0lfS4zZtO4O88D
jsOfbNa0mk3lkKoCIBFcfnLbHKloR72V2GdAdpJfIHGl/mxKxyqrdF62x5CW
-----END CERTIFICATE-----
`;

describe("wsc doctor", () => {
  it("reports no problem for a correct installation, in each mode", async () => {
    expect(problems(await examine({}))).toEqual([]);
    expect(problems(await examine({ ...oidc, WSC_AUTH_ISSUER: `${origin}/idp` }))).toEqual([]);
    expect(problems(await examine({ ...jwt, WSC_AUTH_JWKS_URL: `${origin}/jwks` }))).toEqual([]);
  });

  it("reports each mistake in the settings, with advice", async () => {
    const mistakes: readonly (readonly [name: string, change: Change, says: RegExp])[] = [
      ["a list with a comma too many", { WSC_ROLE_MAP: '{"security":"operator",}' }, /problem: WSC_ROLE_MAP.*JSON/],
      ["nobody has a role", { WSC_ROLE_MAP: undefined }, /problem: WSC_ROLE_MAP.*required/],
      ["an origin without a scheme", { WSC_PUBLIC_ORIGIN: "wsc.example.com" }, /problem: WSC_PUBLIC_ORIGIN/],
      ["no upstream", { WSC_UPSTREAM: undefined }, /problem: WSC_UPSTREAM: is required/],
      ["an address for a fixed upstream", { WSC_UPSTREAM: "public" }, /problem: WSC_UPSTREAM_URL.*custom/],
      ["an encryption key in hex", { WSC_ENCRYPTION_KEYS: "ab".repeat(32) }, /problem: WSC_ENCRYPTION_KEYS.*base64/],
      ["a secret twice", { WSC_SECRET_KEY_FILE: fileWith("secret", "x") }, /problem: WSC_SECRET_KEY.*not both/],
      [
        "a secret's file that is not there",
        { WSC_SECRET_KEY: undefined, WSC_SECRET_KEY_FILE: join(directory, "nowhere") },
        /problem: WSC_SECRET_KEY.*cannot be read/,
      ],
      ["one port for two", { PORT: "9464", WSC_METRICS_PORT: "9464" }, /problem: WSC_METRICS_PORT/],
      ["a proxy by its name", { WSC_TRUSTED_PROXIES: "proxy.local" }, /problem: WSC_TRUSTED_PROXIES/],
      ["the whole internet as a proxy", { WSC_TRUSTED_PROXIES: "0.0.0.0/0" }, /problem: WSC_TRUSTED_PROXIES/],
      ["a short proxy secret", { WSC_PROXY_SECRET: "short" }, /problem: WSC_PROXY_SECRET.*32/],
      ["a duration with a unit", { WSC_LIST_POLL_MS: "30s" }, /problem: WSC_LIST_POLL_MS/],
      ["a misspelled name", { WSC_ROLEMAP: "{}" }, /settings warning: WSC_ROLEMAP.*write WSC_ROLE_MAP/],
      ["certificates unchecked", { NODE_TLS_REJECT_UNAUTHORIZED: "0" }, /problem: NODE_TLS_REJECT_UNAUTHORIZED/],
      ["a CA file that is not there", { NODE_EXTRA_CA_CERTS: "/nowhere.pem" }, /certificates problem.*cannot be read/],
      ["a CA file without a certificate", { NODE_EXTRA_CA_CERTS: fileWith("ca.der", "x") }, /NODE_EXTRA_CA_CERTS.*PEM/],
      ["http for sign-ins", { ...oidc, WSC_AUTH_ISSUER: "http://idp.example.com" }, /problem: WSC_AUTH_ISSUER.*https/],
    ];
    for (const [name, change, says] of mistakes) {
      expect(problems(await examine(change)).join("\n"), name).toMatch(says);
    }
  });

  it("reports problems of the environment, with advice", async () => {
    const otherKey = Buffer.alloc(32, 7).toString("base64");
    const later = () => Date.now() + 600_000;
    const inYears = () => Date.now() + 20 * 365 * 86_400_000;
    const damaged = dataWith("damaged", (path) => writeFileSync(join(path, "wsc-dashboard.sqlite"), "no database"));
    const replaced = dataWith("replaced", (path) => writeFileSync(join(path, "wsc-dashboard.identity"), "another\n"));
    const lost = dataWith("lost", (path) => rmSync(join(path, "wsc-dashboard.sqlite")));
    const open = dataWith("open", (path) => chmodSync(path, 0o755));
    const old = dataWith("old", (path) => utimesSync(join(path, "last-backup"), 1_700_000_000, 1_700_000_000));
    const never = dataWith("never", (path) => rmSync(join(path, "last-backup")));
    const mistakes: readonly (readonly [name: string, change: Change, says: RegExp, around?: Around])[] = [
      [
        "an address of another machine",
        { HOST: "192.0.2.1" },
        /settings problem: HOST: .*192\.0\.2\.1 \(EADDRNOTAVAIL\).*of this machine/,
      ],
      [
        "metrics at an address of another machine",
        { WSC_METRICS_PORT: "9464", WSC_METRICS_HOST: "192.0.2.1" },
        /settings problem: WSC_METRICS_HOST: /,
      ],
      ["an old Node", {}, /runtime problem: Node 20.*install Node 24/, { nodeVersion: "20.1.0" }],
      ["half an archive", {}, /runtime problem: .*index\.html.*unpack/, { webDirectory: directory }],
      [
        "another encryption key",
        { WSC_ENCRYPTION_KEYS: otherKey },
        /database problem: .*WSC_ENCRYPTION_KEYS.*missing key/,
      ],
      ["another database", { WSC_DATA_DIR: replaced }, /database problem: .*not the database.*wsc database accept/],
      ["a lost database", { WSC_DATA_DIR: lost }, /database problem: .*no readable database.*restore/],
      ["a damaged database", { WSC_DATA_DIR: damaged }, /database problem: /],
      ["a file for a directory", { WSC_DATA_DIR: fileWith("flat", "") }, /database problem: .*not a directory/],
      ["a directory for everybody", { WSC_DATA_DIR: open }, /database warning: .*chmod 700/],
      [
        "no PostgreSQL",
        { WSC_DATABASE_URL: "postgres://u@127.0.0.1:9/x" },
        /database problem: PostgreSQL.*ECONNREFUSED.*nothing listens/,
      ],
      ["no backup", { WSC_DATA_DIR: never }, /backup warning: no backup was reported.*wsc backup/],
      ["an old backup", { WSC_DATA_DIR: old }, /backup warning: .*hours old/],
      ["a clock that is off", {}, /clock problem: .*ahead of.*synchronise/, { now: later }],
      ["an upstream that does not listen", { WSC_UPSTREAM_URL: closed }, /upstream problem: .*nothing listens/],
      ["something else at the upstream", { WSC_UPSTREAM_URL: origin }, /upstream problem: /],
      ["a wrong secret key", { WSC_SECRET_KEY: "another" }, /upstream problem: .*200.*secret key is wrong/],
      ["no provider", { ...oidc, WSC_AUTH_ISSUER: closed }, /identity problem: .*nothing listens/],
      ["another issuer", { ...oidc, WSC_AUTH_ISSUER: `${origin}/renamed` }, /identity problem: .*WSC_AUTH_ISSUER/],
      [
        "a wrong client secret",
        { ...oidc, WSC_AUTH_ISSUER: `${origin}/idp`, WSC_OIDC_CLIENT_SECRET: "another" },
        /identity problem: .*invalid_client.*WSC_OIDC_CLIENT_SECRET/,
      ],
      ["no signing keys", { ...jwt, WSC_AUTH_JWKS_URL: `${origin}/empty` }, /identity problem: .*without keys/],
      [
        "a page as JWK set",
        { ...jwt, WSC_AUTH_JWKS_URL: `${origin}/page` },
        /identity problem: .*\(the answer is not JSON\)/,
      ],
      ["no JWK set", { ...jwt, WSC_AUTH_JWKS_URL: `${closed}/jwks` }, /identity problem: .*nothing listens/],
      ["no proxy", { WSC_PUBLIC_ORIGIN: closed }, /proxy problem: .*ECONNREFUSED.*nothing listens/],
      [
        "an expired CA",
        { NODE_EXTRA_CA_CERTS: fileWith("expired.pem", expiredCertificate) },
        /certificates problem: .*expired/,
        { now: inYears },
      ],
    ];
    for (const [name, change, says, around] of mistakes) {
      const told = problems(await examine(change, around)).join("\n");
      expect(told, name).toMatch(says);
      for (const canary of [accessKey, secretKey, proxySecret, clientSecret]) expect(told, name).not.toContain(canary);
    }
  });

  it("reports mistakes of a proxy", async () => {
    const forwarding = (request: IncomingMessage, response: ServerResponse): void => {
      const user = request.headers["x-forwarded-user"];
      response.writeHead(user === undefined ? 401 : 200, { "Content-Type": "application/json" });
      response.end(JSON.stringify({ user: { id: user } }));
    };
    const problemWith = (status: number, code: string) => (_request: IncomingMessage, response: ServerResponse) =>
      response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify({ code }));
    for (const [handle, says] of [
      [forwarding, /proxy problem: .*impersonate anyone.*set each identity header/],
      [problemWith(421, "HOST_MISMATCH"), /proxy problem: .*another Host.*unchanged/],
      [problemWith(403, "REQUEST_GUARD_MISSING"), /proxy problem: .*X-WSC-Request/],
      [problemWith(502, ""), /proxy problem: .*502.*start the dashboard/],
    ] as const) {
      const told = await withProxy(handle, (address) => examine({ WSC_PUBLIC_ORIGIN: address }));
      expect(problems(told).join("\n")).toMatch(says);
    }
  });

  it("explains its use when there are no settings", async () => {
    const findings = await runDoctor({
      environment: {},
      nodeVersion: "24.1.0",
      webDirectory: join(directory, "web"),
      now: Date.now,
    });
    expect(problems(findings).join("\n")).toContain("docs/self-hosting.md, section wsc");
    expect(findings.filter(({ state }) => state === "skipped").map(({ area }) => area)).toContain("upstream");
  });
});

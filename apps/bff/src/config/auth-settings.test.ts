import { describe, expect, it } from "vitest";
import { readConfig } from "./config.ts";

const base = {
  WSC_UPSTREAM: "custom",
  WSC_UPSTREAM_URL: "https://gateway.example.com",
  WSC_ACCESS_KEY: "access-key-1",
  WSC_SECRET_KEY: "secret-key-1",
  WSC_ENCRYPTION_KEYS: Buffer.alloc(32, 7).toString("base64"),
  WSC_PUBLIC_ORIGIN: "https://wsc.example.com",
  HOST: "0.0.0.0",
  WSC_ROLE_MAP: '{"security":"operator"}',
};
const safe = {
  jwt: {
    ...base,
    WSC_AUTH_MODE: "jwt",
    WSC_AUTH_JWT_HEADER: "X-Assertion",
    WSC_AUTH_JWKS_URL: "https://idp.example.com/jwks",
    WSC_AUTH_ISSUER: "https://idp.example.com",
    WSC_AUTH_AUDIENCE: "wsc",
  },
  header: {
    ...base,
    WSC_AUTH_MODE: "header",
    WSC_AUTH_PRESET: "authelia",
    WSC_TRUSTED_PROXIES: "10.0.0.7, fd00:1::/64",
    WSC_PROXY_SECRET: "0123456789abcdef0123456789abcdef",
  },
  oidc: {
    ...base,
    WSC_AUTH_MODE: "oidc",
    WSC_AUTH_ISSUER: "https://idp.example.com/realms/one",
    WSC_OIDC_CLIENT_ID: "wsc",
    WSC_OIDC_CLIENT_SECRET: "client-secret",
  },
};
const headerNames = { WSC_AUTH_USER_HEADER: "X-User", WSC_AUTH_GROUPS_HEADER: "X-Groups" };
type Mode = keyof typeof safe;
type Change = Readonly<Record<string, string | undefined>>;

const read = (mode: Mode, change: Change = {}) => readConfig({ ...safe[mode], ...change });
const authOf = (mode: Mode, change: Change = {}) => {
  const result = read(mode, change);
  if ("problems" in result) throw new Error(result.problems.join("\n"));
  return result.config.auth;
};

describe("settings of an authentication mode", () => {
  it.each(Object.keys(safe) as Mode[])("are accepted when they are safe: %s", (mode) => {
    expect(authOf(mode).mode).toBe(mode);
  });

  it.each<[string, Mode, Change, string]>([
    ["no issuer", "jwt", { WSC_AUTH_ISSUER: undefined }, "WSC_AUTH_ISSUER"],
    ["an issuer over http", "jwt", { WSC_AUTH_ISSUER: "http://idp.example.com" }, "WSC_AUTH_ISSUER"],
    ["an issuer that is no address", "jwt", { WSC_AUTH_ISSUER: "idp" }, "WSC_AUTH_ISSUER"],
    ["no audience", "jwt", { WSC_AUTH_AUDIENCE: undefined }, "WSC_AUTH_AUDIENCE"],
    ["no audience for a preset", "jwt", { WSC_AUTH_PRESET: "cloudflare", WSC_AUTH_AUDIENCE: " " }, "WSC_AUTH_AUDIENCE"],
    ["no address of keys", "jwt", { WSC_AUTH_JWKS_URL: undefined }, "WSC_AUTH_JWKS_URL"],
    ["keys over http", "jwt", { WSC_AUTH_JWKS_URL: "http://idp.example.com/jwks" }, "WSC_AUTH_JWKS_URL"],
    ["keys from a file", "jwt", { WSC_AUTH_JWKS_URL: "file:///etc/jwks" }, "WSC_AUTH_JWKS_URL"],
    ["keys behind a password", "jwt", { WSC_AUTH_JWKS_URL: "https://a:b@idp.example.com/" }, "WSC_AUTH_JWKS_URL"],
    ["HS256", "jwt", { WSC_AUTH_ALGORITHMS: "RS256,HS256" }, "WSC_AUTH_ALGORITHMS"],
    ["no signature at all", "jwt", { WSC_AUTH_ALGORITHMS: "none" }, "WSC_AUTH_ALGORITHMS"],
    ["no header", "jwt", { WSC_AUTH_JWT_HEADER: undefined }, "WSC_AUTH_JWT_HEADER"],
    ["the cookie as assertion", "jwt", { WSC_AUTH_JWT_HEADER: "Cookie" }, "WSC_AUTH_JWT_HEADER"],
    ["a header with an underscore", "jwt", { WSC_AUTH_JWT_HEADER: "X_Assertion" }, "WSC_AUTH_JWT_HEADER"],
    ["a preset of another mode", "jwt", { WSC_AUTH_PRESET: "authelia" }, "WSC_AUTH_PRESET"],
    ["a load balancer without its name", "jwt", { WSC_AUTH_PRESET: "alb" }, "WSC_AUTH_ALB_SIGNER"],
    ["assertions that live for ever", "jwt", { WSC_AUTH_MAX_AGE_MS: "99999999999" }, "WSC_AUTH_MAX_AGE_MS"],
    ["assertions over plain http", "jwt", { WSC_PUBLIC_ORIGIN: "http://wsc.example.com" }, "WSC_PUBLIC_ORIGIN"],
    ["a way out to another scheme", "jwt", { WSC_AUTH_SIGN_OUT_URL: "javascript:alert(1)" }, "WSC_AUTH_SIGN_OUT_URL"],
    ["a way out to another host", "jwt", { WSC_AUTH_SIGN_OUT_URL: "//evil.example.com" }, "WSC_AUTH_SIGN_OUT_URL"],
    ["no role map", "jwt", { WSC_ROLE_MAP: undefined }, "WSC_ROLE_MAP"],
    ["a role map that is no JSON", "jwt", { WSC_ROLE_MAP: "security=operator" }, "WSC_ROLE_MAP"],
    ["a role map that is a list", "jwt", { WSC_ROLE_MAP: '["operator"]' }, "WSC_ROLE_MAP"],
    ["an empty role map", "jwt", { WSC_ROLE_MAP: "{}" }, "WSC_ROLE_MAP"],
    ["an unknown role", "jwt", { WSC_ROLE_MAP: '{"security":"root"}' }, "WSC_ROLE_MAP"],
    ["a role in other letters", "jwt", { WSC_ROLE_MAP: '{"security":"Admin"}' }, "WSC_ROLE_MAP"],
    ["a role for people without group", "jwt", { WSC_ROLE_MAP: '{"":"admin"}' }, "WSC_ROLE_MAP"],
    ["no encryption key", "jwt", { WSC_ENCRYPTION_KEYS: undefined }, "WSC_ENCRYPTION_KEYS"],
    [
      "an encryption key of 31 bytes",
      "jwt",
      { WSC_ENCRYPTION_KEYS: Buffer.alloc(31).toString("base64") },
      "WSC_ENCRYPTION_KEYS",
    ],
    ["TLS checks off", "jwt", { NODE_TLS_REJECT_UNAUTHORIZED: "0" }, "NODE_TLS_REJECT_UNAUTHORIZED"],
    ["every address as proxy", "header", { WSC_TRUSTED_PROXIES: "0.0.0.0/0" }, "WSC_TRUSTED_PROXIES"],
    ["every IPv6 address as proxy", "header", { WSC_TRUSTED_PROXIES: "::/0" }, "WSC_TRUSTED_PROXIES"],
    ["half of all addresses as proxy", "header", { WSC_TRUSTED_PROXIES: "128.0.0.0/1" }, "WSC_TRUSTED_PROXIES"],
    ["a name as proxy", "header", { WSC_TRUSTED_PROXIES: "proxy.internal" }, "WSC_TRUSTED_PROXIES"],
    ["anything as proxy", "header", { WSC_TRUSTED_PROXIES: "*" }, "WSC_TRUSTED_PROXIES"],
    ["a network that is none", "header", { WSC_TRUSTED_PROXIES: "10.0.0.0/33" }, "WSC_TRUSTED_PROXIES"],
    ["no proxy", "header", { WSC_TRUSTED_PROXIES: undefined }, "WSC_TRUSTED_PROXIES"],
    ["no proxy secret", "header", { WSC_PROXY_SECRET: undefined }, "WSC_PROXY_SECRET"],
    ["a short proxy secret", "header", { WSC_PROXY_SECRET: "0123456789abcdef0123456789abcde" }, "WSC_PROXY_SECRET"],
    [
      "three proxy secrets",
      "header",
      { WSC_PROXY_SECRET: Array(3).fill("x".repeat(40)).join(",") },
      "WSC_PROXY_SECRET",
    ],
    [
      "no user header",
      "header",
      { WSC_AUTH_PRESET: undefined, WSC_AUTH_GROUPS_HEADER: "X-Groups" },
      "WSC_AUTH_USER_HEADER",
    ],
    ["one header for both", "header", { WSC_AUTH_GROUPS_HEADER: "remote-user" }, "WSC_AUTH_GROUPS_HEADER"],
    ["the address as user", "header", { WSC_AUTH_USER_HEADER: "X-Forwarded-For" }, "WSC_AUTH_USER_HEADER"],
    ["an unknown preset", "header", { ...headerNames, WSC_AUTH_PRESET: "toString" }, "WSC_AUTH_PRESET"],
    ["a half-hearted yes", "header", { WSC_ALLOW_NON_BROWSER: "yes" }, "WSC_ALLOW_NON_BROWSER"],
    ["an issuer over http", "oidc", { WSC_AUTH_ISSUER: "http://idp.example.com" }, "WSC_AUTH_ISSUER"],
    ["no client id", "oidc", { WSC_OIDC_CLIENT_ID: undefined }, "WSC_OIDC_CLIENT_ID"],
    ["no client secret", "oidc", { WSC_OIDC_CLIENT_SECRET: undefined }, "WSC_OIDC_CLIENT_SECRET"],
    ["no address to come back to", "oidc", { HOST: "127.0.0.1", WSC_PUBLIC_ORIGIN: undefined }, "WSC_PUBLIC_ORIGIN"],
    ["cookies over plain http", "oidc", { WSC_PUBLIC_ORIGIN: "http://wsc.example.com" }, "WSC_PUBLIC_ORIGIN"],
    ["no openid scope", "oidc", { WSC_OIDC_SCOPES: "profile" }, "WSC_OIDC_SCOPES"],
    ["groups asked for once an hour", "oidc", { WSC_SESSION_RECHECK_MS: "3600000" }, "WSC_SESSION_RECHECK_MS"],
    ["an unknown mode", "oidc", { WSC_AUTH_MODE: "saml" }, "WSC_AUTH_MODE"],
    ["no mode", "oidc", { WSC_AUTH_MODE: undefined }, "WSC_AUTH_MODE"],
    ["two modes", "oidc", { WSC_AUTH_MODE: "oidc,header" }, "WSC_AUTH_MODE"],
    ["dev mode on a public address", "oidc", { WSC_AUTH_MODE: "dev", NODE_ENV: "development" }, "WSC_AUTH_MODE"],
  ])("with %s (%s) refuse to start, with one line that names the variable", (_, mode, change, variable) => {
    const result = read(mode, change);
    const lines = "problems" in result ? result.problems : [];
    expect(lines.filter((line) => line.startsWith(`${variable}: `)).length).toBeGreaterThanOrEqual(1);
    for (const line of lines) expect(line).toMatch(/^[A-Z_]+: [^\n]+$/);
    if (variable !== "WSC_AUTH_MODE") expect(new Set(lines).size).toBe(1);
  });

  it("never repeat a secret", () => {
    const result = read("header", { WSC_PROXY_SECRET: "hush-hush hush" });
    expect("problems" in result && result.problems.join("\n")).not.toContain("hush");
  });

  it("of a preset fill in what is not set; explicit settings take precedence", () => {
    const team = "https://team.cloudflareaccess.com";
    const cloudflare = {
      WSC_AUTH_PRESET: "cloudflare",
      WSC_AUTH_ISSUER: team,
      WSC_AUTH_JWKS_URL: undefined,
      WSC_AUTH_JWT_HEADER: undefined,
    };
    expect(authOf("jwt", cloudflare)).toMatchObject({
      header: "Cf-Access-Jwt-Assertion",
      keys: { url: `${team}/cdn-cgi/access/certs`, signer: null },
      algorithms: ["RS256"],
    });
    expect(authOf("jwt", { ...cloudflare, WSC_AUTH_ALGORITHMS: "ES256", WSC_AUTH_GROUPS_CLAIM: "g" })).toMatchObject({
      algorithms: ["ES256"],
      groupsClaim: "g",
    });
    const nothing = { WSC_AUTH_ISSUER: undefined, WSC_AUTH_JWKS_URL: undefined, WSC_AUTH_JWT_HEADER: undefined };
    expect(authOf("jwt", { ...nothing, WSC_AUTH_PRESET: "pomerium", WSC_AUTH_AUDIENCE: undefined })).toMatchObject({
      issuer: "wsc.example.com",
      audience: "wsc.example.com",
      keys: { url: "https://wsc.example.com/.well-known/pomerium/jwks.json" },
    });
    expect(authOf("jwt", { ...nothing, WSC_AUTH_PRESET: "iap" })).toMatchObject({
      issuer: "https://cloud.google.com/iap",
      header: "X-Goog-IAP-JWT-Assertion",
    });
    expect(authOf("header")).toMatchObject({ userHeader: "Remote-User", groupsHeader: "Remote-Groups" });
  });
});

import { randomBytes } from "node:crypto";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { type KnownPerson, proxyPaths } from "./proxy-sign-in.ts";

const assertionHeader = "X-Local-Assertion";
const secretHeader = "X-WSC-Proxy-Secret";
const assertionLife = "5 minutes";
const audience = "wsc-dashboard";

/** How a proxy asserts a person's identity to the dashboard. */
export interface ProxyAssertion {
  /** Headers that only the proxy may send. */
  readonly ownHeaders: readonly string[];
  readonly headersFor: (person: KnownPerson) => Promise<Readonly<Record<string, string>>>;
  /** Whether API calls without a session are redirected to the login like pages; if not, they pass without an assertion. */
  readonly sendsCallsAway: boolean;
  /** Public keys for verification; empty if nothing is signed. */
  readonly keys: readonly object[];
  /** Settings that make the dashboard trust the proxy. */
  readonly settings: Readonly<Record<string, string>>;
}

/** A signed assertion, newly created for every request. */
async function signedAssertions(origin: string): Promise<ProxyAssertion> {
  const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
  const kid = "local-proxy";
  return {
    ownHeaders: [assertionHeader],
    headersFor: async ({ sub, name, groups }) => ({
      [assertionHeader]: await new SignJWT({ name, groups })
        .setProtectedHeader({ alg: "ES256", kid, typ: "JWT" })
        .setSubject(sub)
        .setIssuer(origin)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime(assertionLife)
        .sign(privateKey),
    }),
    sendsCallsAway: false,
    keys: [{ ...(await exportJWK(publicKey)), kid, use: "sig", alg: "ES256" }],
    settings: {
      WSC_AUTH_MODE: "jwt",
      WSC_AUTH_JWT_HEADER: assertionHeader,
      WSC_AUTH_JWKS_URL: `${origin}${proxyPaths.keys}`,
      WSC_AUTH_ISSUER: origin,
      WSC_AUTH_AUDIENCE: audience,
    },
  };
}

/** Names in headers, as oauth2-proxy sends them, with a shared secret that authenticates the proxy to the dashboard. */
async function namesInHeaders(): Promise<ProxyAssertion> {
  const secret = randomBytes(24).toString("hex");
  const inHeader = (text: string): string => Buffer.from(text, "utf8").toString("latin1");
  return {
    ownHeaders: [secretHeader, "X-Forwarded-User", "X-Forwarded-Email", "X-Forwarded-Groups"],
    headersFor: async ({ sub, name, groups }) => ({
      [secretHeader]: secret,
      "X-Forwarded-User": inHeader(sub),
      "X-Forwarded-Email": inHeader(name),
      "X-Forwarded-Groups": inHeader(groups.join(",")),
    }),
    sendsCallsAway: true,
    keys: [],
    settings: {
      WSC_AUTH_MODE: "header",
      WSC_AUTH_PRESET: "oauth2-proxy",
      WSC_TRUSTED_PROXIES: "127.0.0.1",
      WSC_PROXY_SECRET: secret,
    },
  };
}

/** By the dashboard's authentication mode. */
export const proxyAssertions = { jwt: signedAssertions, header: namesInHeaders } as const;
export type AssertionMode = keyof typeof proxyAssertions;

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from "jose";
import { headerMode } from "./header-mode.ts";

export interface SigningParty {
  readonly issuer: string;
  readonly jwksUrl: string;
  readonly publicJwk: JWK;
  /** How often its keys were fetched. */
  readonly fetches: () => number;
  /** Its response from now on; `null`: its own keys. */
  answerWith(answer: { readonly status: number; readonly body: string; readonly location?: string } | null): void;
  sign(claims?: JWTPayload, header?: Readonly<Record<string, unknown>>): Promise<string>;
  close(): Promise<void>;
}

export const audience = "wsc-dashboard";

/** Settings of jwt mode with a signing party, with a group for every role. */
export const jwtMode = ({ jwksUrl, issuer }: SigningParty): Record<string, string> => ({
  WSC_AUTH_MODE: "jwt",
  WSC_AUTH_JWT_HEADER: "X-Assertion",
  WSC_AUTH_JWKS_URL: jwksUrl,
  WSC_AUTH_ISSUER: issuer,
  WSC_AUTH_AUDIENCE: audience,
  WSC_ROLE_MAP: headerMode.WSC_ROLE_MAP ?? "",
  WSC_ENCRYPTION_KEYS: headerMode.WSC_ENCRYPTION_KEYS ?? "",
});

/** Signs assertions with ES256 and publishes the key on this machine. */
export async function startSigningParty(now: () => number = Date.now): Promise<SigningParty> {
  const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
  const publicJwk = { ...(await exportJWK(publicKey)), kid: "first", use: "sig", alg: "ES256" };
  let fetches = 0;
  let override: { status: number; body: string; location?: string } | null = null;
  const server = createServer((_request, response) => {
    fetches += 1;
    const answer = override ?? { status: 200, body: JSON.stringify({ keys: [publicJwk] }) };
    response.writeHead(answer.status, answer.location === undefined ? {} : { Location: answer.location });
    response.end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    jwksUrl: `${issuer}/jwks`,
    publicJwk,
    fetches: () => fetches,
    answerWith: (answer) => {
      override = answer;
    },
    sign(claims = {}, header = {}) {
      const at = Math.floor(now() / 1000);
      const usual = { iss: issuer, aud: audience, sub: "ann", iat: at, exp: at + 300, groups: ["readers"] };
      return new SignJWT({ ...usual, ...claims })
        .setProtectedHeader({ alg: "ES256", kid: "first", ...header })
        .sign(privateKey, { crit: { b64: true, exp: true } });
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT } from "jose";

/** `undefined` removes a claim. */
type Claims = Readonly<Record<string, unknown>>;

/** The response of the token endpoint instead of tokens. */
interface TokenAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

interface TokenCall {
  readonly authorization: string | undefined;
  readonly form: URLSearchParams;
}

export interface ScriptedProvider {
  /** Without a trailing slash. */
  readonly origin: string;
  /** Members of the discovery document that override the usual ones; `undefined` removes one. */
  metadata: Record<string, unknown>;
  /** Claims of ID tokens that override the usual ones. */
  claims: Claims;
  tokenAnswer: TokenAnswer | null;
  readonly tokenCalls: TokenCall[];
  logoutToken(claims?: Claims, header?: Readonly<Record<string, unknown>>): Promise<string>;
  close(): Promise<void>;
}

export const clientId = "wsc-dashboard";

/** A scripted provider, for behaviour that a real library would not produce. A code is the nonce of its ID token. */
export async function startScriptedProvider(): Promise<ScriptedProvider> {
  const { publicKey, privateKey } = await generateKeyPair("RS256", { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: "only", use: "sig", alg: "RS256" };
  const tokenCalls: TokenCall[] = [];
  const server = createServer(async (request, response) => {
    const path = (request.url ?? "").replace(/\?.*/s, "");
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const json = (value: unknown) => {
      response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(value));
    };
    if (path.endsWith("/.well-known/openid-configuration")) return json(description());
    if (path === "/jwks") return json({ keys: [jwk] });
    if (path !== "/token") return void response.writeHead(404).end();
    const form = new URLSearchParams(body);
    tokenCalls.push({ authorization: request.headers.authorization, form });
    const { tokenAnswer } = provider;
    if (tokenAnswer !== null) {
      const headers = { "Content-Type": "application/json", ...tokenAnswer.headers };
      return void response.writeHead(tokenAnswer.status, headers).end(tokenAnswer.body);
    }
    const usual = { sub: "ann", name: "Ann Park", groups: ["readers"], sid: "s1", nonce: form.get("code") ?? "" };
    json({ access_token: "a", token_type: "Bearer", id_token: await sign({ ...usual, ...provider.claims }, "300s") });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer = (): string => String(description().issuer);
  const sign = (claims: Claims, life: string, header: Readonly<Record<string, unknown>> = {}): Promise<string> =>
    new SignJWT({ ...claims })
      .setProtectedHeader({ alg: "RS256", kid: "only", ...header })
      .setIssuer(issuer())
      .setAudience(clientId)
      .setIssuedAt()
      .setExpirationTime(life)
      .sign(privateKey);
  const description = (): Record<string, unknown> => ({
    issuer: `${origin}/realm`,
    authorization_endpoint: `${origin}/authorize`,
    token_endpoint: `${origin}/token`,
    jwks_uri: `${origin}/jwks`,
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    ...provider.metadata,
  });
  const provider: ScriptedProvider = {
    origin,
    metadata: {},
    claims: {},
    tokenAnswer: null,
    tokenCalls,
    logoutToken: (claims = {}, header = {}) =>
      sign(
        {
          sub: "ann",
          jti: crypto.randomUUID(),
          events: { "http://schemas.openid.net/event/backchannel-logout": {} },
          ...claims,
        },
        "60s",
        header,
      ),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return provider;
}

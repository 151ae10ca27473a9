/** A local identity provider for development and tests: a real provider library with four invented people. */
import { randomBytes } from "node:crypto";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair } from "jose";
import Provider, { type ClientMetadata, type KoaContextWithOIDC } from "oidc-provider";
import { MemoryAdapter } from "./memory-adapter.ts";

export interface Person {
  name: string;
  groups: string[];
}

export interface LocalIdp {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Role map that assigns a role to each of the four groups. */
  readonly roleMap: string;
  /** The dashboard's settings for authentication with this provider. */
  readonly settings: Readonly<Record<string, string>>;
  /** People by subject. A change takes effect in the next token and the next userinfo response. */
  readonly people: Map<string, Person>;
  /** Sends the dashboard a back-channel logout; rejects when the dashboard refuses it. */
  endSession(sub: string, sid: string): Promise<void>;
  close(): Promise<void>;
}

const roles = ["viewer", "operator", "admin", "auditor"] as const;

const page = (uid: string): string => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Local sign-in</title>
<h1>Sign in as</h1><form method="post" action="/interaction/${uid}">
${roles.map((role) => `<p><button name="sub" value="${role}">${role}</button></p>`).join("\n")}</form></html>`;

/** The dashboard as an OIDC client; with `proxyCallback` a proxy in front of it, which gets no back-channel logouts. */
function clientOf(
  { clientId, clientSecret }: Pick<LocalIdp, "clientId" | "clientSecret">,
  dashboardOrigin: string,
  proxyCallback: string | null,
): ClientMetadata {
  return {
    client_id: clientId,
    client_secret: clientSecret,
    grant_types: ["authorization_code", "refresh_token"],
    redirect_uris: [`${dashboardOrigin}${proxyCallback ?? "/auth/callback"}`],
    post_logout_redirect_uris: [`${dashboardOrigin}/signed-out`],
    ...(proxyCallback === null
      ? {
          backchannel_logout_uri: `${dashboardOrigin}/auth/backchannel-logout`,
          backchannel_logout_session_required: true,
        }
      : {}),
  };
}

/** Creates the provider for one client. `people` is read again for every token. */
async function createProvider(issuer: string, client: ClientMetadata, people: LocalIdp["people"]): Promise<Provider> {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const jwk = await exportJWK(privateKey);
  const provider = new Provider(issuer, {
    adapter: MemoryAdapter,
    // The library's own fetch refuses loopback addresses, where the dashboard is.
    fetch: (url, options) => {
      const { method, headers, body } = options as { method: string; headers: Record<string, string>; body: string };
      return fetch(url, { method, headers, body });
    },
    clients: [client],
    jwks: { keys: [{ ...jwk, kid: "local", use: "sig", alg: "RS256" }] },
    cookies: { keys: [randomBytes(24).toString("hex")] },
    pkce: { required: () => true },
    claims: { openid: ["sub"], profile: ["name", "groups"] },
    conformIdTokenClaims: false,
    issueRefreshToken: async () => true,
    // A refresh token is valid once; reusing it revokes the whole grant.
    rotateRefreshToken: true,
    ttl: {
      AccessToken: 86_400,
      AuthorizationCode: 60,
      IdToken: 600,
      RefreshToken: 86_400,
      Interaction: 600,
      Session: 86_400,
      Grant: 86_400,
    },
    findAccount: (_context, sub) => {
      const person = people.get(sub);
      return person && { accountId: sub, claims: async () => ({ sub, ...person }) };
    },
    loadExistingGrant: async ({ oidc }: KoaContextWithOIDC) => {
      const accountId = oidc.session?.accountId;
      const grant = new provider.Grant({
        clientId: oidc.client?.clientId ?? "",
        ...(accountId === undefined ? {} : { accountId }),
      });
      grant.addOIDCScope("openid profile email offline_access");
      await grant.save();
      return grant;
    },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => {
          context.body = `<!doctype html><title>Sign out</title>${form}<button autofocus form="op.logoutForm" name="logout" value="yes">Sign out</button>`;
        },
      },
    },
  });
  return provider;
}

/** Serves the provider's login page and accepts the person chosen on it. */
function createSignInPage(provider: Provider): RequestListener {
  const handle = provider.callback();
  return async (request, response) => {
    const uid = /^\/interaction\/([\w-]+)$/.exec(request.url ?? "")?.[1];
    if (uid === undefined) {
      void handle(request, response);
    } else if (request.method === "POST") {
      let body = "";
      for await (const chunk of request) body += String(chunk);
      const accountId = new URLSearchParams(body).get("sub") ?? "";
      await provider.interactionFinished(request, response, { login: { accountId } });
    } else response.writeHead(200, { "Content-Type": "text/html" }).end(page(uid));
  };
}

/**
 * Starts the provider on a free port for one dashboard at `dashboardOrigin`, or for a proxy there with its callback at the path
 * `proxyCallback`. All state is in memory; people log in without a password.
 */
export async function startLocalIdp(dashboardOrigin: string, proxyCallback: string | null = null): Promise<LocalIdp> {
  const people = new Map<string, Person>(
    roles.map((role) => [role, { name: `Local ${role}`, groups: [`local-${role}s`] }]),
  );
  const clientId = "wsc-dashboard";
  const roleMap = JSON.stringify(Object.fromEntries(roles.map((role) => [`local-${role}s`, role])));
  const clientSecret = randomBytes(24).toString("hex");
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const client = clientOf({ clientId, clientSecret }, dashboardOrigin, proxyCallback);
  const provider = await createProvider(issuer, client, people);
  server.on("request", createSignInPage(provider));
  return {
    issuer,
    clientId,
    clientSecret,
    roleMap,
    settings: {
      WSC_AUTH_MODE: "oidc",
      WSC_AUTH_ISSUER: issuer,
      WSC_OIDC_CLIENT_ID: clientId,
      WSC_OIDC_CLIENT_SECRET: clientSecret,
      WSC_ROLE_MAP: roleMap,
      WSC_PUBLIC_ORIGIN: dashboardOrigin,
    },
    people,
    async endSession(sub, sid) {
      const found: unknown = await provider.Client.find(clientId);
      const dashboard = found as { backchannelLogout(sub: string, sid: string): Promise<void> };
      await dashboard.backchannelLogout(sub, sid);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

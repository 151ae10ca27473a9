/** An identity provider on this machine, for development and tests: a real provider library with four invented people. */
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair } from "jose";
import Provider, { type Adapter, type AdapterPayload, type KoaContextWithOIDC } from "oidc-provider";

export interface Person {
  name: string;
  groups: string[];
}

export interface LocalIdp {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Role map that gives each of the four groups its role. */
  readonly roleMap: string;
  /** What the dashboard has to be told to sign people in here. */
  readonly settings: Readonly<Record<string, string>>;
  /** People by subject; what is changed here is said from the next question on. */
  readonly people: Map<string, Person>;
  /** Tells the dashboard that a sign-in is over; rejects when the dashboard does not take it. */
  endSession(sub: string, sid: string): Promise<void>;
  close(): Promise<void>;
}

const roles = ["viewer", "operator", "admin", "auditor"] as const;

/** What the provider keeps, for as long as the process lives. */
class MemoryAdapter implements Adapter {
  static readonly #rows = new Map<string, AdapterPayload>();
  readonly #kind: string;

  constructor(kind: string) {
    this.#kind = kind;
  }

  async upsert(id: string, payload: AdapterPayload): Promise<void> {
    MemoryAdapter.#rows.set(`${this.#kind}/${id}`, payload);
  }
  async find(id: string): Promise<AdapterPayload | undefined> {
    return MemoryAdapter.#rows.get(`${this.#kind}/${id}`);
  }
  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return [...MemoryAdapter.#rows].find(([key, row]) => key.startsWith(`${this.#kind}/`) && row.uid === uid)?.[1];
  }
  async findByUserCode(): Promise<undefined> {
    return undefined;
  }
  async consume(id: string): Promise<void> {
    const row = await this.find(id);
    if (row) row.consumed = Math.floor(Date.now() / 1000);
  }
  async destroy(id: string): Promise<void> {
    MemoryAdapter.#rows.delete(`${this.#kind}/${id}`);
  }
  async revokeByGrantId(grantId: string): Promise<void> {
    for (const [key, row] of MemoryAdapter.#rows) if (row.grantId === grantId) MemoryAdapter.#rows.delete(key);
  }
}

const page = (uid: string): string => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Local sign-in</title>
<h1>Sign in as</h1><form method="post" action="/interaction/${uid}">
${roles.map((role) => `<p><button name="sub" value="${role}">${role}</button></p>`).join("\n")}</form></html>`;

/**
 * Starts it for one dashboard at `dashboardOrigin`, or for a proxy there that takes the answers at `proxyCallback`. It keeps
 * everything in memory and signs in without a password.
 */
export async function startLocalIdp(dashboardOrigin: string, proxyCallback: string | null = null): Promise<LocalIdp> {
  const people = new Map<string, Person>(
    roles.map((role) => [role, { name: `Local ${role}`, groups: [`local-${role}s`] }]),
  );
  const clientId = "wsc-dashboard";
  const roleMap = JSON.stringify(Object.fromEntries(roles.map((role) => [`local-${role}s`, role])));
  const clientSecret = randomBytes(24).toString("hex");
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const provider = new Provider(issuer, {
    adapter: MemoryAdapter,
    // The library's own way refuses loopback addresses, and the dashboard is at one.
    fetch: (url, options) => {
      const { method, headers, body } = options as { method: string; headers: Record<string, string>; body: string };
      return fetch(url, { method, headers, body });
    },
    clients: [
      {
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
      },
    ],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: "local", use: "sig", alg: "RS256" }] },
    cookies: { keys: [randomBytes(24).toString("hex")] },
    pkce: { required: () => true },
    claims: { openid: ["sub"], profile: ["name", "groups"] },
    conformIdTokenClaims: false,
    issueRefreshToken: async () => true,
    // Each one may be presented once; a second time ends everything that came of it.
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
  const handle = provider.callback();
  server.on("request", async (request, response) => {
    const uid = /^\/interaction\/([\w-]+)$/.exec(request.url ?? "")?.[1];
    if (uid === undefined) {
      void handle(request, response);
    } else if (request.method === "POST") {
      let body = "";
      for await (const chunk of request) body += String(chunk);
      const accountId = new URLSearchParams(body).get("sub") ?? "";
      await provider.interactionFinished(request, response, { login: { accountId } });
    } else response.writeHead(200, { "Content-Type": "text/html" }).end(page(uid));
  });
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

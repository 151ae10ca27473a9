import { randomBytes } from "node:crypto";
import * as client from "openid-client";
import type { LocalIdp, Person } from "./local-idp.ts";

/** Paths that the proxy handles itself; all others go to the dashboard. */
export const proxyPaths = {
  callback: "/.local-proxy/callback",
  signOut: "/.local-proxy/sign-out",
  keys: "/.local-proxy/jwks.json",
} as const;

export interface KnownPerson extends Person {
  readonly sub: string;
}

interface Flow {
  readonly nonce: string;
  readonly verifier: string;
  readonly returnTo: string;
}

interface ProxySession {
  readonly sub: string;
  readonly accessToken: string;
  readonly idToken: string;
}

export type ProxySignIn = Awaited<ReturnType<typeof createProxySignIn>>;

/** Authenticates people at the local provider, and queries it again on every request. */
export async function createProxySignIn(idp: LocalIdp, origin: string) {
  const config = await client.discovery(
    new URL(idp.issuer),
    idp.clientId,
    {},
    client.ClientSecretBasic(idp.clientSecret),
    {
      execute: [client.allowInsecureRequests],
    },
  );
  const flows = new Map<string, Flow>();
  const sessions = new Map<string, ProxySession>();
  return {
    /** Returns the URL at which the browser logs in, and the state that it must bring back. */
    async begin(returnTo: string): Promise<{ url: string; state: string }> {
      const state = client.randomState();
      const flow = { nonce: client.randomNonce(), verifier: client.randomPKCECodeVerifier(), returnTo };
      flows.set(state, flow);
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: `${origin}${proxyPaths.callback}`,
        scope: "openid profile",
        state,
        nonce: flow.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: "S256",
      });
      return { url: url.href, state };
    },
    /** Rejects unless the response belongs to a login begun by this browser. */
    async finish(path: string, state: string): Promise<{ id: string; returnTo: string }> {
      const flow = flows.get(state);
      if (flow === undefined) throw new Error("no sign-in was begun here");
      flows.delete(state);
      const tokens = await client.authorizationCodeGrant(config, new URL(path, origin), {
        pkceCodeVerifier: flow.verifier,
        expectedState: state,
        expectedNonce: flow.nonce,
        idTokenExpected: true,
      });
      const id = randomBytes(32).toString("base64url");
      const { access_token: accessToken, id_token: idToken = "" } = tokens;
      sessions.set(id, { sub: tokens.claims()?.sub ?? "", accessToken, idToken });
      return { id, returnTo: flow.returnTo };
    },
    isKnown: (id: string): boolean => sessions.has(id),
    /** `null` if there is no session, or it has ended. */
    async whoIs(id: string): Promise<KnownPerson | null> {
      const session = sessions.get(id);
      if (session === undefined) return null;
      try {
        const { sub, name = sub, groups } = await client.fetchUserInfo(config, session.accessToken, session.sub);
        return { sub, name, groups: Array.isArray(groups) ? groups.map(String) : [] };
      } catch {
        sessions.delete(id);
        return null;
      }
    },
    /** Deletes a session; returns the URL that ends it at the provider. */
    end(id: string): string {
      const session = sessions.get(id);
      sessions.delete(id);
      return client.buildEndSessionUrl(config, {
        post_logout_redirect_uri: `${origin}/signed-out`,
        ...(session === undefined ? {} : { id_token_hint: session.idToken }),
      }).href;
    },
  };
}

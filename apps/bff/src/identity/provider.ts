import { WscError } from "@wsc-dashboard/wsc-core";
import { decodeProtectedHeader, jwtVerify } from "jose";
import * as client from "openid-client";
import type { OidcSettings } from "../config/auth-settings.ts";
import { boundedFetch } from "./bounded-fetch.ts";
import { groupsIn } from "./groups.ts";
import { createKeySet } from "./key-set.ts";
import type { SessionTokens } from "./session-store.ts";

/** What stays with the browser between the way to the provider and back. */
export interface SignInFlow {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export interface ProviderAnswer {
  readonly claims: Readonly<Record<string, unknown>>;
  readonly groups: readonly string[] | null;
  readonly tokens: SessionTokens;
}

const timeoutSeconds = 3;
const retryMs = 5000;
const logoutEvent = "http://schemas.openid.net/event/backchannel-logout";
const logoutAgeSeconds = 120;

export type Provider = ReturnType<typeof createProvider>;

/** The identity provider at the configured issuer, found when it is first needed, so that a start does not depend on it. */
export function createProvider(settings: OidcSettings, now: () => number) {
  const { issuer, clientId, clientSecret, publicOrigin } = settings;
  let found: Promise<client.Configuration> | null = null;
  let keys: ReturnType<typeof createKeySet> | null = null;
  let failedAt = Number.NEGATIVE_INFINITY;

  function configuration(): Promise<client.Configuration> {
    if (found !== null) return found;
    if (now() - failedAt < retryMs) throw new WscError("IDENTITY_UNAVAILABLE", "the provider could not be reached");
    const isHttp = issuer.startsWith("http:");
    found = client
      .discovery(new URL(issuer), clientId, {}, client.ClientSecretBasic(clientSecret.reveal()), {
        timeout: timeoutSeconds,
        // Configuration allows http on this machine only.
        execute: [client.enableNonRepudiationChecks, ...(isHttp ? [client.allowInsecureRequests] : [])],
      })
      .catch((cause: unknown) => {
        found = null;
        failedAt = now();
        throw new WscError("IDENTITY_UNAVAILABLE", "the provider's own description cannot be read", { cause });
      });
    return found;
  }

  /** The claims of an answer of the token endpoint; groups from there or from userinfo. */
  async function read(
    config: client.Configuration,
    tokens: client.TokenEndpointResponse & client.TokenEndpointResponseHelpers,
    expectedSubject: string,
    earlier: SessionTokens | null,
  ): Promise<ProviderAnswer> {
    const idToken = tokens.id_token;
    if (idToken !== undefined && !settings.algorithms.includes(String(decodeProtectedHeader(idToken).alg))) {
      throw new WscError("SIGN_IN_REFUSED", "the ID token is signed with an algorithm that is not accepted");
    }
    let claims: Readonly<Record<string, unknown>> = tokens.claims() ?? {};
    if (claimedGroups(claims) === "missing" && config.serverMetadata().userinfo_endpoint !== undefined) {
      claims = { ...(await client.fetchUserInfo(config, tokens.access_token, expectedSubject)), ...claims };
    }
    const groups = claimedGroups(claims);
    return {
      claims,
      groups: groups === "too many" ? null : groups === "missing" ? [] : groups,
      tokens: {
        idToken: idToken ?? earlier?.idToken ?? "",
        refreshToken: tokens.refresh_token ?? earlier?.refreshToken ?? null,
      },
    };
  }

  /** A claim of another form counts as no group at all. */
  function claimedGroups(claims: Readonly<Record<string, unknown>>): readonly string[] | "missing" | "too many" {
    try {
      return groupsIn(claims, settings.groupsClaim) ?? "missing";
    } catch (error) {
      return error instanceof WscError && error.code === "GROUPS_OVERAGE" ? "too many" : [];
    }
  }

  return {
    callbackUrl: `${publicOrigin}/auth/callback`,

    newFlow: (): SignInFlow => ({
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
    }),

    /** Where the browser goes to sign in. */
    async startUrl({ state, nonce, verifier }: SignInFlow): Promise<string> {
      return client.buildAuthorizationUrl(await configuration(), {
        redirect_uri: this.callbackUrl,
        scope: settings.scopes,
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
        ...(settings.scopes.split(" ").includes("offline_access") ? { prompt: "consent" } : {}),
      }).href;
    },

    /** What came back → who it is. `query` is taken from the request, the address never is. */
    async finish(query: string, { state, nonce, verifier }: SignInFlow): Promise<ProviderAnswer> {
      const config = await configuration();
      const tokens = await client.authorizationCodeGrant(config, new URL(`${this.callbackUrl}${query}`), {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      });
      return read(config, tokens, tokens.claims()?.sub ?? "", null);
    },

    /** Asks anew who belongs to which group; `null`: the provider no longer vouches for the session. */
    async ask(tokens: SessionTokens, subject: string): Promise<ProviderAnswer | null> {
      if (tokens.refreshToken === null) return null;
      const config = await configuration();
      try {
        return await read(config, await client.refreshTokenGrant(config, tokens.refreshToken), subject, tokens);
      } catch (cause) {
        if (cause instanceof client.ResponseBodyError && cause.status < 500) return null;
        throw new WscError("IDENTITY_UNAVAILABLE", "the groups could not be asked for again", { cause });
      }
    },

    /** Where the browser ends its sign-in at the provider; `null` when the provider has no such place. */
    async endUrl(idToken: string): Promise<string | null> {
      const config = await configuration();
      if (config.serverMetadata().end_session_endpoint === undefined) return null;
      return client.buildEndSessionUrl(config, {
        id_token_hint: idToken,
        post_logout_redirect_uri: `${publicOrigin}/signed-out`,
      }).href;
    },

    /** Reads a logout token (OpenID Connect Back-Channel Logout 1.0, section 2.6). Throws when anything about it is odd. */
    async readLogoutToken(
      token: string,
    ): Promise<{ sub: string | null; sid: string | null; jti: string; until: number }> {
      keys ??= createKeySet({
        url: (await configuration()).serverMetadata().jwks_uri ?? "",
        fetchText: boundedFetch,
        now,
      });
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience: clientId,
        algorithms: [...settings.algorithms],
        typ: "logout+jwt",
        requiredClaims: ["iat", "jti", "events"],
        maxTokenAge: logoutAgeSeconds,
        currentDate: new Date(now()),
      });
      const { events, nonce, sub, sid, jti } = payload;
      const isLogout = typeof events === "object" && events !== null && Object.hasOwn(events, logoutEvent);
      if (!isLogout || nonce !== undefined || typeof jti !== "string") throw new Error("not a logout token");
      const who = { sub: sub ?? null, sid: typeof sid === "string" ? sid : null };
      if (who.sub === null && who.sid === null) throw new Error("a logout token for nobody");
      return { ...who, jti, until: now() + 2 * logoutAgeSeconds * 1000 };
    },
  };
}

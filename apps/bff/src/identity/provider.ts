import { WscError } from "@wsc-dashboard/wsc-core";
import { decodeProtectedHeader } from "jose";
import * as client from "openid-client";
import type { OidcSettings } from "../config/auth-settings.ts";
import { boundedFetch } from "./bounded-fetch.ts";
import { announcedMethod, clientAuthOf } from "./client-auth.ts";
import { discover } from "./discovery.ts";
import { groupsIn } from "./groups.ts";
import { createKeySet } from "./key-set.ts";
import { type LogoutNotice, readLogoutToken } from "./logout-token.ts";
import { endsSession, errorInAnswer, isOutage, refusalBy } from "./provider-errors.ts";
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

const retryMs = 5000;

export type Provider = ReturnType<typeof createProvider>;

/** The identity provider at the configured issuer, found when it is first needed, so that a start does not depend on it. */
export function createProvider(settings: OidcSettings, now: () => number) {
  const { clientId, clientSecret, publicOrigin } = settings;
  const clientAuth = clientAuthOf(settings);
  let found: Promise<client.Configuration> | null = null;
  let keys: ReturnType<typeof createKeySet> | null = null;
  let failedAt = Number.NEGATIVE_INFINITY;
  let reason = "";

  async function describe(): Promise<client.Configuration> {
    const config = await discover(settings.issuer, clientId, clientAuth);
    const announced: unknown = config.serverMetadata().token_endpoint_auth_methods_supported;
    if (settings.clientAuth === "auto" && announcedMethod(announced, clientSecret.reveal()) === null) {
      throw new Error(
        "it announces neither client_secret_basic nor client_secret_post; WSC_OIDC_CLIENT_AUTH sends one of them all the same",
      );
    }
    return config;
  }

  function configuration(): Promise<client.Configuration> {
    if (found !== null) return found;
    if (now() - failedAt < retryMs) {
      throw new WscError("IDENTITY_UNAVAILABLE", `the provider could not be asked for its description: ${reason}`);
    }
    found = describe().catch((cause: unknown) => {
      found = null;
      failedAt = now();
      reason = cause instanceof Error ? cause.message : "unknown reason";
      throw new WscError("IDENTITY_UNAVAILABLE", `the provider's own description cannot be used: ${reason}`, { cause });
    });
    return found;
  }

  /** What a failed call of the token endpoint or userinfo means. */
  async function refusalOf(error: unknown): Promise<WscError> {
    if (error instanceof WscError) return error;
    if (isOutage(error)) return new WscError("IDENTITY_UNAVAILABLE", "the provider does not answer", { cause: error });
    const provider = await errorInAnswer(error);
    if (provider !== null) return refusalBy(provider, " at its token endpoint");
    return new WscError("SIGN_IN_REFUSED", "the provider's answer does not hold", { cause: error });
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
      try {
        const config = await configuration();
        const tokens = await client.authorizationCodeGrant(config, new URL(`${this.callbackUrl}${query}`), {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        });
        return await read(config, tokens, tokens.claims()?.sub ?? "", null);
      } catch (error) {
        throw await refusalOf(error);
      }
    },

    /** Asks anew who belongs to which group; `null`: the provider no longer vouches for the session. */
    async ask(tokens: SessionTokens, subject: string): Promise<ProviderAnswer | null> {
      if (tokens.refreshToken === null) return null;
      const config = await configuration();
      try {
        const fresh = await client.refreshTokenGrant(config, tokens.refreshToken);
        // Neither would say anything about groups: asked for again by signing in.
        if (fresh.id_token === undefined && config.serverMetadata().userinfo_endpoint === undefined) return null;
        return await read(config, fresh, subject, tokens);
      } catch (cause) {
        const provider = isOutage(cause) ? null : await errorInAnswer(cause);
        if (provider !== null && endsSession.has(provider.error)) return null;
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

    /** Reads a logout token. Throws when anything about it is odd. */
    async readLogoutToken(token: string): Promise<LogoutNotice> {
      const { issuer, jwks_uri: url = "" } = (await configuration()).serverMetadata();
      keys ??= createKeySet({ url, fetchText: boundedFetch, now });
      return readLogoutToken(token, { keys, issuer, clientId, algorithms: settings.algorithms, now });
    },

    /** Reads the provider's description, so that what is wrong with it is seen at the start and not at the first sign-in. */
    check: async (): Promise<void> => void (await configuration()),
  };
}

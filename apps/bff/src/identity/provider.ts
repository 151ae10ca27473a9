import { WscError } from "@wsc-dashboard/wsc-core";
import * as client from "openid-client";
import type { OidcSettings } from "../config/auth-settings.ts";
import { boundedFetch } from "./bounded-fetch.ts";
import { createKeySet } from "./key-set.ts";
import { type LogoutNotice, readLogoutToken } from "./logout-token.ts";
import { createProviderConfiguration } from "./provider-configuration.ts";
import { endsSession, errorInAnswer, isOutage } from "./provider-errors.ts";
import type { SessionTokens } from "./session-tokens.ts";
import { type ProviderAnswer, readTokenAnswer, refusalOfCall } from "./token-answer.ts";

/** State kept in the browser during a login at the provider. */
export interface SignInFlow {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export type Provider = ReturnType<typeof createProvider>;

/** The identity provider at the configured issuer. */
export function createProvider(settings: OidcSettings, now: () => number) {
  const { clientId, publicOrigin } = settings;
  const configuration = createProviderConfiguration(settings, now);
  let keys: ReturnType<typeof createKeySet> | null = null;

  return {
    callbackUrl: `${publicOrigin}/auth/callback`,

    newFlow: (): SignInFlow => ({
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
    }),

    /** The authorization URL. */
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

    /** Handles the callback: exchanges the code. `query` is taken from the request; host and path are our own. */
    async finish(query: string, { state, nonce, verifier }: SignInFlow): Promise<ProviderAnswer> {
      try {
        const config = await configuration();
        const tokens = await client.authorizationCodeGrant(config, new URL(`${this.callbackUrl}${query}`), {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        });
        return await readTokenAnswer(settings, config, tokens, tokens.claims()?.sub ?? "", null);
      } catch (error) {
        throw await refusalOfCall(error);
      }
    },

    /** Refreshes the groups of a session; `null` when the provider no longer confirms the session. */
    async ask(tokens: SessionTokens, subject: string): Promise<ProviderAnswer | null> {
      if (tokens.refreshToken === null) return null;
      const config = await configuration();
      try {
        const fresh = await client.refreshTokenGrant(config, tokens.refreshToken);
        // Without an ID token and userinfo there is no source of groups; the person has to log in again.
        if (fresh.id_token === undefined && config.serverMetadata().userinfo_endpoint === undefined) return null;
        return await readTokenAnswer(settings, config, fresh, subject, tokens);
      } catch (cause) {
        const provider = isOutage(cause) ? null : await errorInAnswer(cause);
        if (provider !== null && endsSession.has(provider.error)) return null;
        throw new WscError("IDENTITY_UNAVAILABLE", "the groups could not be asked for again", { cause });
      }
    },

    /** The provider's logout URL; `null` when it has none. */
    async endUrl(idToken: string): Promise<string | null> {
      const config = await configuration();
      if (config.serverMetadata().end_session_endpoint === undefined) return null;
      return client.buildEndSessionUrl(config, {
        id_token_hint: idToken,
        post_logout_redirect_uri: `${publicOrigin}/signed-out`,
      }).href;
    },

    /** Reads a logout token. Throws when it is invalid. */
    async readLogoutToken(token: string): Promise<LogoutNotice> {
      const { issuer, jwks_uri: url = "" } = (await configuration()).serverMetadata();
      keys ??= createKeySet({ url, fetchText: boundedFetch, now });
      return readLogoutToken(token, { keys, issuer, clientId, algorithms: settings.algorithms, now });
    },

    /** Reads the discovery document, so that problems appear at the start rather than at the first login. */
    check: async (): Promise<void> => void (await configuration()),
  };
}

import { type RequestHandler, Router } from "express";
import { createSignInLog } from "../audit/sign-in-log.ts";
import { authRoutes } from "../http/auth-routes.ts";
import { identityGuard } from "../http/identity-guard.ts";
import { contextOf } from "../http/request-context.ts";
import { requestGuard } from "../http/request-guard.ts";
import { createIdentity } from "../identity/create-identity.ts";
import type { Identity } from "../identity/identity.ts";
import { createOidcIdentity } from "../identity/oidc.ts";
import { createProvider } from "../identity/provider.ts";
import { createSessionStore } from "../identity/session-store.ts";
import { createTokenIdentity } from "../tokens/token-identity.ts";
import type { AppParts } from "./app-parts.ts";
import { observeKeys, observeProvider } from "./observe-provider.ts";
import type { Records } from "./records.ts";
import type { UpstreamAccess } from "./upstream-access.ts";

export interface IdentityAccess {
  readonly identity: Identity;
  /** Login routes, which need no identity. */
  readonly routes: RequestHandler;
  /** Passes requests from our own pages and those with a service token. */
  readonly requestGuard: RequestHandler;
  /** Refuses requests without an authenticated person or a service token. */
  readonly identityGuard: RequestHandler;
  /** Deletes ended sessions; no-op in modes without sessions. */
  forgetEndedSessions(at: number): Promise<void>;
}

/** Authentication in the configured mode. */
export function createIdentityAccess(
  { config, database, ring, logger, now }: AppParts,
  { audit, journal, refusals, tokens }: Records,
  { metrics }: Pick<UpstreamAccess, "metrics">,
): IdentityAccess {
  const { auth, publicOrigin } = config;
  const pageGuard = requestGuard({ publicOrigin, allowNonBrowser: "allowNonBrowser" in auth && auth.allowNonBrowser });
  let people: Identity;
  let routes = Router();
  let forgetEndedSessions = async (_at: number): Promise<void> => {};
  if (auth.mode === "oidc") {
    const sessions = createSessionStore(database, ring, audit);
    forgetEndedSessions = sessions.forgetEnded;
    const provider = observeProvider(createProvider(auth, now), metrics.countProviderError);
    provider.check().catch((error: unknown) => {
      logger.error({ err: error }, "logins fail until the provider is available; it is asked again at each login");
    });
    const parts = { settings: auth, sessions, provider, now };
    const oidc = createOidcIdentity(parts);
    routes = authRoutes({ ...parts, identity: oidc, ring, refusals, requestGuard: pageGuard });
    people = oidc;
  } else people = observeKeys(createIdentity(auth, now), metrics.countProviderError);
  const isBehindProxy = auth.mode === "jwt" || auth.mode === "header";
  const signIns = isBehindProxy ? createSignInLog(journal, now) : null;
  const identity = createTokenIdentity({
    ...{ people, tokens, mode: auth.mode, now },
    addressOf: (request) => contextOf(request).clientAddress,
    onTouchFailed: (err) => logger.warn({ err }, "the last use of a service token could not be written"),
  });
  return {
    forgetEndedSessions,
    identity,
    routes,
    // Another site cannot make a browser send a bearer token, and cookies are ignored when one is present.
    requestGuard: (request, response, next) =>
      identity.presents(request) ? next() : pageGuard(request, response, next),
    identityGuard: identityGuard({ identity, refusals, signIns }),
  };
}

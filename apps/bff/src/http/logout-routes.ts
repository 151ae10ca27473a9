import { pagePaths, WscError } from "@wsc-dashboard/wsc-core";
import express, { type RequestHandler, Router } from "express";
import type { DeniedLoginLog } from "../audit/denied-login-log.ts";
import { errorDetails } from "../identity/error-details.ts";
import { subjectId } from "../identity/names.ts";
import type { OidcIdentity, OidcParts } from "../identity/oidc.ts";
import { refusalOf } from "./identity-guard.ts";
import { contextOf } from "./request-context.ts";
import { clearSiteData } from "./security-headers.ts";
import { sessionCookieOf } from "./session-cookie.ts";
import type { SignInFlows } from "./sign-in-flows.ts";

const maxLogoutBody = 16_384;

export interface LogoutRouteParts extends OidcParts {
  readonly flows: Pick<SignInFlows, "forgetAll">;
  readonly identity: OidcIdentity;
  readonly refusals: DeniedLoginLog;
  /** The checks of API requests, for the one route that a page calls. */
  readonly requestGuard: RequestHandler;
}

/** Ends sessions: on logout by the person, and on the provider's notice (back-channel logout). */
export function logoutRoutes(parts: LogoutRouteParts): Router {
  const { settings, sessions, provider, identity, refusals, flows, now, requestGuard } = parts;
  const { publicOrigin, issuer } = settings;
  const cookie = sessionCookieOf(publicOrigin);
  const router = Router({ caseSensitive: true, strict: true });

  router.post("/auth/logout", requestGuard, async (request, response) => {
    const row = await identity.sessionOf(request.headers.cookie);
    response.clearCookie(cookie.name, cookie.options);
    flows.forgetAll(request, response);
    let next: string = pagePaths.signedOut;
    if (row !== null) {
      const { idToken } = sessions.tokensOf(row);
      await sessions.end(row, now(), "signed out");
      next = (await provider.endUrl(idToken).catch(() => null)) ?? next;
    }
    clearSiteData(response);
    response.json({ next });
  });

  const logoutBody = express.text({ type: "application/x-www-form-urlencoded", limit: maxLogoutBody });
  router.post("/auth/backchannel-logout", logoutBody, async (request, response) => {
    const values = new URLSearchParams(typeof request.body === "string" ? request.body : "").getAll("logout_token");
    try {
      if (values.length !== 1) throw new Error("not one logout token");
      const { sub, sid, jti, until } = await provider.readLogoutToken(values[0] ?? "");
      if (!(await sessions.useOnce(`${issuer} ${jti}`, until))) throw new Error("used before");
      await sessions.endOf({ userId: sub === null ? null : subjectId(issuer, sub), sid }, now());
    } catch (error) {
      const refused = new WscError("SIGN_IN_REFUSED", "a logout token was refused", { cause: error });
      contextOf(request).logger.warn(errorDetails(error), "a logout token was refused");
      await refusals.add(refusalOf(refused, request));
      throw refused;
    }
    response.json({});
  });
  return router;
}

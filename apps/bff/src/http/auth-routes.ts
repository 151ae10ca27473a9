import { WscError } from "@wsc-dashboard/wsc-core";
import express, { type NextFunction, type Request, type Response, Router } from "express";
import type { DeniedLoginLog } from "../audit/denied-login-log.ts";
import { createCallLimit } from "../identity/call-limit.ts";
import { labelOf, subjectId } from "../identity/names.ts";
import { cookieName, type createOidcIdentity, type OidcParts } from "../identity/oidc.ts";
import type { ProviderAnswer } from "../identity/provider.ts";
import { errorInCallback, loggable, refusalBy } from "../identity/provider-errors.ts";
import { returnPath } from "../identity/return-path.ts";
import type { KeyRing } from "../store/keys.ts";
import { refusalOf } from "./identity-guard.ts";
import { contextOf } from "./request-context.ts";
import { clearSiteData } from "./security-headers.ts";
import { createSignInFlows } from "./sign-in-flows.ts";

const maxLogoutBody = 16_384;
/** Ended sessions are swept away no more often than this. */
const sweepMs = 60_000;
/** Without a refresh token groups cannot be asked for again. */
const maxWithoutRefreshMs = 900_000;
/** Calls of the token endpoint that anybody can cause with a made-up code. */
const tokenCalls = { burst: 60, refillMs: 1000, maxAtOnce: 16 } as const;

interface AuthRouteParts extends OidcParts {
  readonly identity: ReturnType<typeof createOidcIdentity>;
  readonly ring: KeyRing;
  readonly refusals: DeniedLoginLog;
  /** The checks of every request of the API, for the one route that a page calls itself. */
  readonly requestGuard: (request: Request, response: Response, next: NextFunction) => void;
}

/** A browser that opens a page says so; a script or an image that was sent here does not get anywhere. */
function navigationOnly(request: Request, _response: Response, next: NextFunction): void {
  const destination = request.headers["sec-fetch-dest"];
  if (destination !== undefined && destination !== "document") {
    throw new WscError("ORIGIN_FORBIDDEN", "Sec-Fetch-Dest is not document");
  }
  next();
}

const queryOf = ({ url }: Request): URLSearchParams => new URLSearchParams(url.slice(`${url}?`.indexOf("?") + 1));

/** What the log says of a sign-in that did not succeed: our reason, and the provider's own words. */
function explain(error: unknown): Readonly<Record<string, string>> {
  const { message, cause } = error instanceof Error ? error : new Error("unknown reason");
  const reason = { reason: loggable(message) };
  if (cause instanceof Error) return { ...reason, cause: loggable(cause.message) };
  const { error: code, description } = Object(cause) as Readonly<Record<string, unknown>>;
  return {
    ...reason,
    ...(typeof code === "string" ? { providerError: code } : {}),
    ...(typeof description === "string" ? { providerDescription: description } : {}),
  };
}

/** The way to the provider and back, and out again. Nothing here answers with data. */
export function authRoutes(parts: AuthRouteParts): Router {
  const { settings, sessions, provider, identity, ring, refusals, now, requestGuard } = parts;
  const { publicOrigin, issuer } = settings;
  const sessionCookie = cookieName(publicOrigin, "wsc_sid");
  const flows = createSignInFlows({ ring, publicOrigin, now });
  const limited = createCallLimit({ ...tokenCalls, now });
  const base = { path: "/", httpOnly: true, secure: publicOrigin.startsWith("https:") } as const;
  let sweptAt = Number.NEGATIVE_INFINITY;

  async function sweep(): Promise<void> {
    if (now() - sweptAt < sweepMs) return;
    sweptAt = now();
    await sessions.forgetEnded(now());
  }

  async function beginSession({ claims, groups, tokens }: ProviderAnswer, request: Request): Promise<string> {
    const at = now();
    const earlier = await identity.sessionOf(request.headers.cookie);
    if (earlier !== null) await sessions.end(earlier, at, "signed in again");
    const lifeMs = tokens.refreshToken === null ? Math.min(settings.maxMs, maxWithoutRefreshMs) : settings.maxMs;
    const sid = typeof claims.sid === "string" ? claims.sid : null;
    const name = labelOf(claims, String(claims.sub));
    const session = { userId: subjectId(issuer, claims.sub), sid, name, groups, tokens, endsAt: at + lifeMs };
    return sessions.begin(session, at, contextOf(request).requestId);
  }

  /** Answers the page to go on with. Of several tabs each has its own flow; the same answer a second time leads on, too. */
  async function finish(request: Request, response: Response): Promise<string> {
    const query = queryOf(request);
    const states = query.getAll("state");
    const flow = states.length === 1 ? flows.find(request, states[0] ?? "") : null;
    if (flow === null)
      throw new WscError("SIGN_IN_REFUSED", "no sign-in of this state was begun here, or too long ago");
    if (flow.isDone) return flow.returnTo;
    const told = errorInCallback(query);
    try {
      if (told !== null) throw refusalBy(told, "");
      const answer = await limited(async () => {
        if (!(await sessions.useOnce(flow.state, flow.until))) return null;
        return provider.finish(`?${query}`, flow);
      });
      if (answer !== null) {
        response.cookie(sessionCookie, await beginSession(answer, request), { ...base, sameSite: "strict" });
      }
      flows.finish(response, flow);
      return flow.returnTo;
    } catch (error) {
      flows.forget(response, flow);
      throw error;
    }
  }

  const router = Router({ caseSensitive: true, strict: true });
  router.get("/auth/login", navigationOnly, async (request, response) => {
    await sweep();
    const flow = provider.newFlow();
    const url = await provider.startUrl(flow).catch((error: unknown) => {
      contextOf(request).logger.error({ err: error }, "the provider cannot be reached");
      return null;
    });
    if (url !== null) flows.begin(request, response, flow, returnPath(request.query.returnTo, publicOrigin));
    response.redirect(303, url ?? "/signed-out?why=IDENTITY_UNAVAILABLE");
  });

  router.get("/auth/callback", navigationOnly, async (request, response) => {
    try {
      response.redirect(303, await finish(request, response));
    } catch (error) {
      const code = error instanceof WscError ? error.code : "SIGN_IN_REFUSED";
      // The words of an error may be the provider's, or those of whoever made up the address; a WscError's are ours.
      const reason = error instanceof WscError ? error.message : "the provider's answer does not hold";
      await refusals.add(refusalOf(new WscError(code, reason), request));
      contextOf(request).logger.warn({ code, ...explain(error) }, "sign-in refused");
      response.redirect(303, `/signed-out?why=${encodeURIComponent(code)}`);
    }
  });

  router.post("/auth/logout", requestGuard, async (request, response) => {
    const row = await identity.sessionOf(request.headers.cookie);
    response.clearCookie(sessionCookie, base);
    let next = "/signed-out";
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
      contextOf(request).logger.warn(explain(error), "a logout token was refused");
      await refusals.add(refusalOf(refused, request));
      throw refused;
    }
    response.json({});
  });
  return router;
}

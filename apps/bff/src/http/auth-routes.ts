import { WscError } from "@wsc-dashboard/wsc-core";
import express, { type NextFunction, type Request, type Response, Router } from "express";
import type { RefusalTally } from "../audit/refusal-tally.ts";
import { cookieValues } from "../identity/cookies.ts";
import { labelOf, subjectId } from "../identity/names.ts";
import { cookieName, type createOidcIdentity, type OidcParts } from "../identity/oidc.ts";
import type { SignInFlow } from "../identity/provider.ts";
import { returnPath } from "../identity/return-path.ts";
import { type KeyRing, SealBroken } from "../store/keys.ts";
import { refusalOf } from "./identity-guard.ts";
import { contextOf } from "./request-context.ts";
import { clearSiteData } from "./security-headers.ts";

const flowMs = 600_000;
const flowPlace = "cookie/wsc_tx";
const longestLogoutBody = 16_384;

interface KeptFlow extends SignInFlow {
  readonly returnTo: string;
  readonly until: number;
}

interface AuthRouteParts extends OidcParts {
  readonly identity: ReturnType<typeof createOidcIdentity>;
  readonly ring: KeyRing;
  readonly refusals: RefusalTally;
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

/** The way to the provider and back, and out again. Nothing here answers with data. */
export function authRoutes({
  settings,
  sessions,
  provider,
  identity,
  ring,
  refusals,
  now,
  requestGuard,
}: AuthRouteParts): Router {
  const { publicOrigin, issuer } = settings;
  const secure = publicOrigin.startsWith("https:");
  const sessionCookie = cookieName(publicOrigin, "wsc_sid");
  const flowCookie = cookieName(publicOrigin, "wsc_tx");
  const base = { path: "/", httpOnly: true, secure } as const;
  const forget = (response: Response, name: string): void => void response.clearCookie(name, base);

  /** The state of a sign-in under way travels sealed with the browser: people nobody knows yet cost no row. */
  function keptFlow(request: Request): KeptFlow {
    const [sealed, ...more] = cookieValues(request.headers.cookie, flowCookie);
    if (sealed === undefined || more.length > 0) throw new WscError("SIGN_IN_REFUSED", "no sign-in was begun here");
    try {
      const flow = JSON.parse(ring.open(sealed, flowPlace)) as KeptFlow;
      if (now() < flow.until) return flow;
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error;
    }
    throw new WscError("SIGN_IN_REFUSED", "the sign-in took too long or its cookie was changed");
  }

  async function finish(request: Request, response: Response): Promise<string> {
    const flow = keptFlow(request);
    if (!(await sessions.useOnce(flow.state, flow.until))) throw new WscError("SIGN_IN_REFUSED", "used before");
    const query = request.url.includes("?") ? request.url.slice(request.url.indexOf("?")) : "";
    const { claims, groups, tokens } = await provider.finish(query, flow);
    const at = now();
    const earlier = await identity.sessionOf(request.headers.cookie);
    if (earlier !== null) await sessions.end(earlier, at, "signed in again");
    const endsAt = at + (tokens.refreshToken === null ? Math.min(settings.maxMs, 900_000) : settings.maxMs);
    const sid = typeof claims.sid === "string" ? claims.sid : null;
    const name = labelOf(claims, String(claims.sub));
    const session = { userId: subjectId(issuer, claims.sub), sid, name, groups, tokens, endsAt };
    const id = await sessions.begin(session, at, contextOf(request).requestId);
    response.cookie(sessionCookie, id, { ...base, sameSite: "strict" });
    return flow.returnTo;
  }

  const router = Router({ caseSensitive: true, strict: true });
  router.get("/auth/login", navigationOnly, async (request, response) => {
    await sessions.forgetEnded(now());
    const flow = provider.newFlow();
    const kept: KeptFlow = {
      ...flow,
      returnTo: returnPath(request.query.returnTo, publicOrigin),
      until: now() + flowMs,
    };
    const url = await provider.startUrl(flow).catch((error: unknown) => {
      contextOf(request).logger.error({ err: error }, "the provider cannot be reached");
      return "/signed-out?why=IDENTITY_UNAVAILABLE";
    });
    response.cookie(flowCookie, ring.seal(JSON.stringify(kept), flowPlace), {
      ...base,
      sameSite: "lax",
      maxAge: flowMs,
    });
    response.redirect(303, url);
  });

  router.get("/auth/callback", navigationOnly, async (request, response) => {
    forget(response, flowCookie);
    try {
      response.redirect(303, await finish(request, response));
    } catch (error) {
      const code = error instanceof WscError ? error.code : "SIGN_IN_REFUSED";
      // Its words may be the provider's, or those of whoever made up the address.
      await refusals.add(refusalOf(new WscError(code), request));
      contextOf(request).logger.warn({ code, reason: error instanceof Error ? error.message : "" }, "sign-in refused");
      response.redirect(303, `/signed-out?why=${encodeURIComponent(code)}`);
    }
  });

  router.post("/auth/logout", requestGuard, async (request, response) => {
    const row = await identity.sessionOf(request.headers.cookie);
    forget(response, sessionCookie);
    let next = "/signed-out";
    if (row !== null) {
      const { idToken } = sessions.tokensOf(row);
      await sessions.end(row, now(), "signed out");
      next = (await provider.endUrl(idToken).catch(() => null)) ?? next;
    }
    clearSiteData(response);
    response.json({ next });
  });

  const logoutBody = express.text({ type: "application/x-www-form-urlencoded", limit: longestLogoutBody });
  router.post("/auth/backchannel-logout", logoutBody, async (request, response) => {
    const values = new URLSearchParams(typeof request.body === "string" ? request.body : "").getAll("logout_token");
    try {
      if (values.length !== 1) throw new Error("not one logout token");
      const { sub, sid, jti, until } = await provider.readLogoutToken(values[0] ?? "");
      if (!(await sessions.useOnce(`${issuer} ${jti}`, until))) throw new Error("used before");
      await sessions.endOf({ userId: sub === null ? null : subjectId(issuer, sub), sid }, now());
    } catch (error) {
      const refused = new WscError("SIGN_IN_REFUSED", "a logout token was refused", { cause: error });
      await refusals.add(refusalOf(refused, request));
      throw refused;
    }
    response.json({});
  });
  return router;
}

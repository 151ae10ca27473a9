import { pagePaths, WscError } from "@wsc-dashboard/wsc-core";
import { type NextFunction, type Request, type Response, Router } from "express";
import type { KeyRing } from "../database/keys.ts";
import { errorDetails } from "../identity/error-details.ts";
import { returnPath } from "../identity/return-path.ts";
import { refusalOf } from "./identity-guard.ts";
import { type LogoutRouteParts, logoutRoutes } from "./logout-routes.ts";
import { contextOf } from "./request-context.ts";
import { createSignInCallback } from "./sign-in-callback.ts";
import { createSignInFlows } from "./sign-in-flows.ts";

/** Minimum interval between deletions of ended sessions, in milliseconds. */
const sweepMs = 60_000;

interface AuthRouteParts extends Omit<LogoutRouteParts, "flows"> {
  readonly ring: KeyRing;
}

/** Only page navigations pass; by Sec-Fetch-Dest, if sent, a request of a script or an image is refused. */
function navigationOnly(request: Request, _response: Response, next: NextFunction): void {
  const destination = request.headers["sec-fetch-dest"];
  if (destination !== undefined && destination !== "document") {
    throw new WscError("ORIGIN_FORBIDDEN", "Sec-Fetch-Dest is not document");
  }
  next();
}

/** Deletes ended sessions, at most once per `sweepMs`. */
function createSessionSweep({ sessions, now }: Pick<AuthRouteParts, "sessions" | "now">): () => Promise<void> {
  let sweptAt = Number.NEGATIVE_INFINITY;
  return async () => {
    if (now() - sweptAt < sweepMs) return;
    sweptAt = now();
    await sessions.forgetEnded(now());
  };
}

/** Routes of login at the provider, its callback, and logout. None of them returns data. */
export function authRoutes(parts: AuthRouteParts): Router {
  const { settings, provider, ring, refusals, now } = parts;
  const { publicOrigin } = settings;
  const flows = createSignInFlows({ ring, publicOrigin, now });
  const sweep = createSessionSweep(parts);
  const finish = createSignInCallback({ ...parts, flows });
  const router = Router({ caseSensitive: true, strict: true });

  router.get("/auth/login", navigationOnly, async (request, response) => {
    await sweep();
    const flow = provider.newFlow();
    const url = await provider.startUrl(flow).catch((error: unknown) => {
      contextOf(request).logger.error({ err: error }, "the provider cannot be reached");
      return null;
    });
    if (url !== null) flows.begin(request, response, flow, returnPath(request.query.returnTo, publicOrigin));
    response.redirect(303, url ?? `${pagePaths.signedOut}?why=IDENTITY_UNAVAILABLE`);
  });

  router.get("/auth/callback", navigationOnly, async (request, response) => {
    try {
      response.redirect(303, await finish(request, response));
    } catch (error) {
      const code = error instanceof WscError ? error.code : "SIGN_IN_REFUSED";
      // Error text may come from the provider or a forged URL; the message of a WscError is our own.
      const reason = error instanceof WscError ? error.message : "the provider's answer does not hold";
      await refusals.add(refusalOf(new WscError(code, reason), request));
      contextOf(request).logger.warn({ code, ...errorDetails(error) }, "sign-in refused");
      response.redirect(303, `${pagePaths.signedOut}?why=${encodeURIComponent(code)}`);
    }
  });

  router.use(logoutRoutes({ ...parts, flows }));
  return router;
}

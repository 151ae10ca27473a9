import { WscError } from "@wsc-dashboard/wsc-core";
import type { Request, Response } from "express";
import { createCallLimit } from "../identity/call-limit.ts";
import { labelOf, subjectId } from "../identity/names.ts";
import type { OidcIdentity, OidcParts } from "../identity/oidc.ts";
import { errorInCallback, refusalBy } from "../identity/provider-errors.ts";
import type { ProviderAnswer } from "../identity/token-answer.ts";
import { contextOf } from "./request-context.ts";
import { sessionCookieOf } from "./session-cookie.ts";
import type { SignInFlows } from "./sign-in-flows.ts";

/** Maximum session duration without a refresh token, in milliseconds, because the groups cannot be refreshed. */
const maxWithoutRefreshMs = 900_000;
/** Limit on calls to the token endpoint, which anybody can cause with a made-up code. */
const tokenCalls = { burst: 60, refillMs: 1000, maxAtOnce: 16 } as const;

interface SignInCallbackParts extends OidcParts {
  readonly identity: OidcIdentity;
  readonly flows: SignInFlows;
}

/** Ends this browser's earlier session and begins a new one. Returns its id. */
async function beginSession(
  { settings, sessions, identity, now }: SignInCallbackParts,
  { claims, groups, tokens }: ProviderAnswer,
  request: Request,
): Promise<string> {
  const at = now();
  const earlier = await identity.sessionOf(request.headers.cookie);
  if (earlier !== null) await sessions.end(earlier, at, "signed in again");
  const lifeMs = tokens.refreshToken === null ? Math.min(settings.maxMs, maxWithoutRefreshMs) : settings.maxMs;
  const sid = typeof claims.sid === "string" ? claims.sid : null;
  const name = labelOf(claims, String(claims.sub));
  const session = { userId: subjectId(settings.issuer, claims.sub), sid, name, groups, tokens, endsAt: at + lifeMs };
  return sessions.begin(session, at, contextOf(request).requestId);
}

/**
 * Handles the login callback: begins a session and returns the path to redirect to. Each tab has its own flow; repeating a
 * completed callback redirects without a new session. Throws WscError when the login is refused.
 */
export function createSignInCallback(parts: SignInCallbackParts) {
  const { settings, sessions, provider, flows, now } = parts;
  const limited = createCallLimit({ ...tokenCalls, now });
  const cookie = sessionCookieOf(settings.publicOrigin);

  return async (request: Request, response: Response): Promise<string> => {
    const { url } = request;
    const query = new URLSearchParams(url.slice(`${url}?`.indexOf("?") + 1));
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
        response.cookie(cookie.name, await beginSession(parts, answer, request), {
          ...cookie.options,
          sameSite: "strict",
        });
      }
      flows.finish(response, flow);
      return flow.returnTo;
    } catch (error) {
      flows.forget(response, flow);
      throw error;
    }
  };
}

import { createHash } from "node:crypto";
import type { Request, Response } from "express";
import { type KeyRing, SealBroken } from "../database/keys.ts";
import { cookiesOf } from "../identity/cookies.ts";
import { cookieName } from "../identity/oidc.ts";
import type { SignInFlow } from "../identity/provider.ts";

const flowMs = 600_000;
const place = "cookie/wsc_tx";
/** Maximum number of concurrent login flows (tabs) of a browser. */
const maxFlows = 8;

export interface KeptFlow extends SignInFlow {
  readonly returnTo: string;
  readonly until: number;
  /** Whether it has completed a login. */
  readonly isDone: boolean;
}

interface SignInFlowParts {
  readonly ring: KeyRing;
  readonly publicOrigin: string;
  readonly now: () => number;
}

export type SignInFlows = ReturnType<typeof createSignInFlows>;

/**
 * Pending logins. Each is an encrypted cookie with its own name: requests without a session add no database rows, and tabs do not
 * overwrite each other's flow.
 */
export function createSignInFlows({ ring, publicOrigin, now }: SignInFlowParts) {
  const prefix = `${cookieName(publicOrigin, "wsc_tx")}-`;
  const base = { path: "/", httpOnly: true, secure: publicOrigin.startsWith("https:") } as const;
  const nameOf = (state: string): string =>
    `${prefix}${createHash("sha256").update(state).digest("base64url").slice(0, 16)}`;

  function opened(sealed: string): KeptFlow | null {
    try {
      const flow = JSON.parse(ring.open(sealed, place)) as KeptFlow;
      return now() < flow.until ? flow : null;
    } catch (error) {
      if (error instanceof SealBroken) return null;
      throw error;
    }
  }

  function keep(response: Response, flow: KeptFlow): void {
    response.cookie(nameOf(flow.state), ring.seal(JSON.stringify(flow), place), {
      ...base,
      sameSite: "lax",
      maxAge: Math.max(0, flow.until - now()),
    });
  }

  /** Removes expired flows, and the oldest ones when there are too many for one more. */
  function makeRoom(request: Request, response: Response): void {
    const kept = cookiesOf(request.headers.cookie)
      .filter(({ name }) => name.startsWith(prefix))
      .map(({ name, value }) => ({ name, until: opened(value)?.until ?? 0 }))
      .toSorted((one, other) => other.until - one.until);
    for (const [index, { name, until }] of kept.entries()) {
      if (until === 0 || index >= maxFlows - 1) response.clearCookie(name, base);
    }
  }

  return {
    begin(request: Request, response: Response, flow: SignInFlow, returnTo: string): void {
      makeRoom(request, response);
      keep(response, { ...flow, returnTo, until: now() + flowMs, isDone: false });
    },

    /** The flow of a state; `null` when this browser has none or it has expired. */
    find(request: Request, state: string): KeptFlow | null {
      const name = nameOf(state);
      const [cookie, ...more] = cookiesOf(request.headers.cookie).filter((each) => each.name === name);
      if (cookie === undefined || more.length > 0) return null;
      const flow = opened(cookie.value);
      return flow?.state === state ? flow : null;
    },

    /** Marks the flow as done, so that reloading the callback redirects instead of being refused. */
    finish(response: Response, flow: KeptFlow): void {
      keep(response, { ...flow, verifier: "", nonce: "", isDone: true });
    },

    forget: (response: Response, flow: KeptFlow): void => void response.clearCookie(nameOf(flow.state), base),

    /** Removes all pending logins at logout. */
    forgetAll(request: Request, response: Response): void {
      for (const { name } of cookiesOf(request.headers.cookie))
        if (name.startsWith(prefix)) response.clearCookie(name, base);
    },
  };
}

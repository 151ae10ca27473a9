import { WscError } from "@wsc-dashboard/wsc-core";
import type { NextFunction, Request, Response } from "express";
import type { DeniedLoginLog } from "../audit/denied-login-log.ts";
import type { SignInLog } from "../audit/sign-in-log.ts";
import type { Identity } from "../identity/identity.ts";
import { contextOf } from "./request-context.ts";

const authenticationErrors: ReadonlySet<string> = new Set([
  "SESSION_REQUIRED",
  "TOKEN_INVALID",
  "TOKEN_ATTEMPTS_EXHAUSTED",
  "NO_ROLE",
  "GROUPS_OVERAGE",
  "IDENTITY_UNAVAILABLE",
]);

export interface IdentityGuardParts {
  readonly identity: Identity;
  readonly refusals: DeniedLoginLog;
  /** `null` when logins are separate actions that are recorded elsewhere. */
  readonly signIns: SignInLog | null;
}

/** A denied login for the audit log: missing roles, or a refused identity. A request without an identity is not recorded. */
export function refusalOf(error: WscError, request: Request) {
  const { code, message: reason, details } = error;
  const { clientAddress, requestId } = contextOf(request);
  return { code, reason, actor: details.actor, peer: clientAddress, requestId };
}

/** Runs before every route, none of which is reached without an identity. The error says where to log in. */
export function identityGuard({ identity, refusals, signIns }: IdentityGuardParts) {
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    const context = contextOf(request);
    try {
      context.user = await identity.identify(request, response);
    } catch (error) {
      if (!(error instanceof WscError) || !authenticationErrors.has(error.code)) throw error;
      if (error.status === 403 || (error.code !== "IDENTITY_UNAVAILABLE" && identity.claims(request))) {
        await refusals.add(refusalOf(error, request));
      }
      // RFC 6750, section 3. The reason is our own text, without the presented token.
      if (error.code === "TOKEN_INVALID") {
        response.setHeader("WWW-Authenticate", `Bearer error="invalid_token", error_description="${error.message}"`);
      }
      if (error.code.startsWith("TOKEN_")) throw error;
      throw new WscError(error.code, error.message, { ...error.details, signIn: identity.signIn });
    }
    // Using a token is not a login; its last use is stored with it.
    if (context.user.token === undefined) await signIns?.recordSignIn(context.user, context.requestId);
    next();
  };
}

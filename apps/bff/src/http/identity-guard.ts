import { WscError } from "@wsc-dashboard/wsc-core";
import type { NextFunction, Request, Response } from "express";
import type { Identity } from "../identity/identity.ts";
import { contextOf } from "./request-context.ts";

const identityTroubles: ReadonlySet<string> = new Set([
  "SESSION_REQUIRED",
  "NO_ROLE",
  "GROUPS_OVERAGE",
  "IDENTITY_UNAVAILABLE",
]);

/** Stands before every route: nothing behind it is reached by somebody unknown. The refusal says where to sign in. */
export function identityGuard(identity: Identity) {
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    try {
      contextOf(request).user = await identity.identify(request, response);
    } catch (error) {
      if (!(error instanceof WscError) || !identityTroubles.has(error.code)) throw error;
      throw new WscError(error.code, error.message, { ...error.details, signIn: identity.signIn });
    }
    next();
  };
}

import type { Role, SessionSignIn } from "@wsc-dashboard/wsc-core";
import type { Request, Response } from "express";

export interface User {
  /** Stable identity. */
  readonly id: string;
  /** Display name. */
  readonly name: string;
  readonly roles: readonly Role[];
  /** When the authentication expires unless it is renewed, in milliseconds since the epoch. */
  readonly endsAt?: number;
  /** Set for a program with a service token. */
  readonly token?: {
    /** Host patterns of the targets that it is limited to; `null` for all targets. */
    readonly targets: readonly string[] | null;
  };
}

/** An authentication mode. A server has exactly one and ignores the inputs of the others. */
export interface Identity {
  /**
   * Authenticates a request by its own content. Throws SESSION_REQUIRED, NO_ROLE, GROUPS_OVERAGE or IDENTITY_UNAVAILABLE, with a
   * reason for the log that never contains the presented credentials.
   */
  identify(request: Request, response: Response): Promise<User>;
  readonly signIn: SessionSignIn;
  /** Whether a request claims an identity, so that its refusal is recorded. */
  claims(request: Request): boolean;
}

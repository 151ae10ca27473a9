import type { Role, SessionSignIn } from "@wsc-dashboard/wsc-core";
import type { Request, Response } from "express";

export interface User {
  /** Stable identity. */
  readonly id: string;
  /** What people read. */
  readonly name: string;
  readonly roles: readonly Role[];
  /** When the sign-in ends unless it is renewed, in milliseconds since the epoch. */
  readonly endsAt?: number;
  /** Of a program with a service token, no person. */
  readonly token?: {
    /** Host patterns of the targets that it is limited to; `null`: all targets. */
    readonly targets: readonly string[] | null;
  };
}

/** One way to find out who asks. A server has exactly one, and nothing of the others is looked at. */
export interface Identity {
  /**
   * Who sent this request, by what came with it alone. Throws SESSION_REQUIRED, NO_ROLE, GROUPS_OVERAGE or
   * IDENTITY_UNAVAILABLE. The reason for the log never says what was presented.
   */
  identify(request: Request, response: Response): Promise<User>;
  readonly signIn: SessionSignIn;
  /** Whether a request claims an identity, so that refusing it is worth an entry. */
  claims(request: Request): boolean;
}

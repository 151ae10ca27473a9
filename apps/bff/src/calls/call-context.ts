import type { IdempotentRequest } from "../database/idempotency.ts";
import type { User } from "../identity/identity.ts";
import type { Logger } from "../log/logger.ts";

/** What a handler may know about the call. */
export interface CallContext {
  readonly user: User;
  readonly logger: Logger;
  readonly requestId: string;
  /** For endpoints with `idempotency: "transaction"`. */
  readonly idempotent: IdempotentRequest | null;
  /** Marks the answer as that of an earlier, identical call. */
  markReplayed(): void;
}

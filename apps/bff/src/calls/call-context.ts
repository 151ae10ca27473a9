import type { IdempotentRequest } from "../database/idempotency.ts";
import type { User } from "../identity/identity.ts";
import type { Logger } from "../log/logger.ts";

/** Context of a call for its handler. */
export interface CallContext {
  readonly user: User;
  readonly logger: Logger;
  readonly requestId: string;
  /** For endpoints with `idempotency: "transaction"`. */
  readonly idempotent: IdempotentRequest | null;
  /** Marks the response as that of an earlier, identical call. */
  markReplayed(): void;
}

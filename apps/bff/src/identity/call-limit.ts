import { WscError } from "@wsc-dashboard/wsc-core";

interface CallLimitOptions {
  /** Number of calls that may fail in succession. */
  readonly burst: number;
  /** Time after which one more call is allowed, in milliseconds. */
  readonly refillMs: number;
  readonly maxAtOnce: number;
  readonly now: () => number;
}

/**
 * Token bucket for calls that unauthenticated clients can cause. A successful call returns its token, so that only failures drain
 * the bucket. Throws SERVER_BUSY when it is empty or too many calls are running.
 */
export function createCallLimit({ burst, refillMs, maxAtOnce, now }: CallLimitOptions) {
  let left = burst;
  let filledAt = now();
  let underWay = 0;
  return async <Value>(call: () => Promise<Value>): Promise<Value> => {
    const gained = Math.floor(Math.max(0, now() - filledAt) / refillMs);
    left = Math.min(burst, left + gained);
    filledAt = left === burst ? now() : filledAt + gained * refillMs;
    if (left < 1 || underWay >= maxAtOnce)
      throw new WscError("SERVER_BUSY", "too many sign-ins are under way or have failed");
    left -= 1;
    underWay += 1;
    try {
      const value = await call();
      left = Math.min(burst, left + 1);
      return value;
    } finally {
      underWay -= 1;
    }
  };
}

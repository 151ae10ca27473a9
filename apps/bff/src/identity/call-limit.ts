import { WscError } from "@wsc-dashboard/wsc-core";

interface CallLimitOptions {
  /** Calls that may fail one after the other. */
  readonly burst: number;
  /** How soon one more may, in milliseconds. */
  readonly refillMs: number;
  readonly maxAtOnce: number;
  readonly now: () => number;
}

/**
 * Limits calls that unauthenticated people can cause. A call that succeeds gives back what it took, so that only failures
 * use the bucket up. Throws SERVER_BUSY when it is empty or too many calls are under way.
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

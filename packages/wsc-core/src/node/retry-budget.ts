/** A single read may be retried although few calls were made before. */
const initialRetries = 2;
const maxRetries = 10;
const retriesPerCall = 0.1;

export interface RetryBudget {
  /** Called for a first attempt: adds a tenth of a retry. */
  earn(): void;
  /** Takes one retry; `false` when none is left. */
  take(): boolean;
}

/** Limits all callers together to about one retry per ten calls, so that retries do not overload a failing upstream. */
export function createRetryBudget(): RetryBudget {
  let retries = initialRetries;
  return {
    earn() {
      retries = Math.min(maxRetries, retries + retriesPerCall);
    },
    take() {
      // Ten times 0.1 is not exactly 1 in floating point.
      if (retries < 0.999) return false;
      retries -= 1;
      return true;
    },
  };
}

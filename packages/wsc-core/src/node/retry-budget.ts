/** A lonely read may be repeated although few calls were made before. */
const initialRetries = 2;
const maxRetries = 10;
const retriesPerCall = 0.1;

export interface RetryBudget {
  /** A first attempt was made: it earns a tenth of a retry. */
  earn(): void;
  /** `false` when no retry is left. */
  take(): boolean;
}

/** Retries of all callers together stay at about a tenth of the calls, so that they do not add to the load of a failing upstream. */
export function createRetryBudget(): RetryBudget {
  let retries = initialRetries;
  return {
    earn() {
      retries = Math.min(maxRetries, retries + retriesPerCall);
    },
    take() {
      // Tenths do not add up to whole numbers exactly.
      if (retries < 0.999) return false;
      retries -= 1;
      return true;
    },
  };
}

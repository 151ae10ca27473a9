/**
 * Timeouts in milliseconds that only guard against hanging: a healthy run on a machine several times slower, or busy with
 * something else, must never reach one. No test measures speed with them.
 */
export const hangLimitMs = 10 * 60_000;
/** For one thing that a page is about to show. */
export const pageHangLimitMs = 90_000;

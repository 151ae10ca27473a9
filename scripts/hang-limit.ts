/**
 * Limits in milliseconds for what hangs, and for nothing else: a healthy run on a machine several times slower, or busy with
 * something else, must never meet one. No test measures speed with them.
 */
export const hangLimitMs = 10 * 60_000;
/** For one thing that a page is about to show. */
export const pageHangLimitMs = 90_000;

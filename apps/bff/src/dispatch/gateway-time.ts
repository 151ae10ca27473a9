import type { GatewayClock } from "@wsc-dashboard/wsc-core/node";
import type { JobDirectory } from "../upstream/job-directory.ts";

/** A jump of the wall clock against the monotonic clock, in milliseconds, after which the gateway's time is measured again. */
const noticeableJumpMs = 60_000;
/** Maximum wait of a new submission for the gateway's time, in milliseconds. */
const learnLimitMs = 1_500;
/** While work is open, the gateway's time is confirmed at least this often, in milliseconds. */
const confirmEveryMs = 45_000;
/** A response with a deviating time triggers a check at most this often, in milliseconds. */
const checkEveryMs = 5_000;

export type GatewayTime = ReturnType<typeof createGatewayTime>;

/**
 * Keeps the gateway's time known, because every instant in the database is by its clock. Measures it when it is unknown and after
 * every jump of the local clock; `retryMs` is the wait after a failed measurement.
 */
export function createGatewayTime(clock: GatewayClock, directory: Pick<JobDirectory, "measureClock">, retryMs: number) {
  let wallMinusMonotonic = Date.now() - performance.now();
  let measuring: Promise<void> | null = null;
  let measureAgainAt = Number.NEGATIVE_INFINITY;
  let confirmations = 0;
  let confirmedAt = performance.now();
  let checkedAt = Number.NEGATIVE_INFINITY;

  const hasJumped = (): boolean => Math.abs(Date.now() - performance.now() - wallMinusMonotonic) > noticeableJumpMs;

  function measure(): Promise<void> {
    if (performance.now() < measureAgainAt) return Promise.resolve();
    measuring ??= directory
      .measureClock()
      .catch(() => {
        measureAgainAt = performance.now() + retryMs;
      })
      .finally(() => {
        measuring = null;
      });
    return measuring;
  }

  /** One response had a deviating time: the next one confirms or refutes it. */
  function isDoubtful(): boolean {
    if (clock.suspectedOffsetMs === null || performance.now() - checkedAt < checkEveryMs) return false;
    checkedAt = performance.now();
    return true;
  }

  function isOld(): boolean {
    if (clock.confirmations !== confirmations) {
      confirmations = clock.confirmations;
      confirmedAt = performance.now();
    }
    return performance.now() - confirmedAt >= confirmEveryMs;
  }

  async function isKnown(): Promise<boolean> {
    if (hasJumped()) clock.forget();
    wallMinusMonotonic = Date.now() - performance.now();
    if (!clock.isKnown) await measure();
    else if (isDoubtful()) await measure();
    else if (isOld()) void measure();
    return clock.isKnown;
  }

  return {
    isKnown,

    /** Waits briefly for the gateway's time when it is unknown: a submission due now must be due by the gateway's clock. */
    async learn(): Promise<void> {
      if (clock.isKnown && !hasJumped()) return;
      let limit: NodeJS.Timeout | undefined;
      const patience = new Promise<void>((resolve) => {
        limit = setTimeout(resolve, learnLimitMs);
      });
      await Promise.race([isKnown(), patience]);
      clearTimeout(limit);
    },
  };
}

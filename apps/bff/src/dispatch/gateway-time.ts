import type { GatewayClock } from "@wsc-dashboard/wsc-core/node";
import type { JobDirectory } from "../upstream/job-directory.ts";

/** A jump of the wall clock against the monotonic one that asks for a new look at the gateway's time, in milliseconds. */
const noticeableJumpMs = 60_000;
/** A new submission waits at most this long for the gateway's time, in milliseconds. */
const learnLimitMs = 1_500;
/** While work is open, the gateway's time is confirmed at least so often, in milliseconds. */
const confirmEveryMs = 45_000;
/** An answer that told another time is checked at most so often, in milliseconds. */
const checkEveryMs = 5_000;

export type GatewayTime = ReturnType<typeof createGatewayTime>;

/**
 * Whether the gateway's time is known: every instant in the database is by its clock. Measured when it is not known and after every
 * jump of our own clock; `retryMs` after a measurement that failed.
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

  /** One answer told another time: whether it is right, the next one says. */
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

    /** Waits a moment for the gateway's time, when it is not known: what is promised for now must be now by its clock. */
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

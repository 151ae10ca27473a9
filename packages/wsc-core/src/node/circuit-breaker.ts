import type { UpstreamError } from "./upstream-error.ts";

/** In a row, so many failures open the breaker. */
const maxConsecutiveFailures = 5;
/** Or this share of the calls of the last `windowMs`, when there were enough of them. */
const failureShare = 0.5;
const minCalls = 20;
const windowMs = 10_000;
const openMs = 5_000;
const jitterMs = 1_000;

export interface BreakerState {
  readonly state: "closed" | "open" | "half-open";
  /** From when one call may try again, in local milliseconds; `null` while closed. */
  readonly retryAt: number | null;
  /** The code of the failure that opened it. */
  readonly code: string | null;
}

/** One call that was let through. Exactly one of its methods is called, once. */
export interface BreakerPass {
  succeeded(): void;
  /** The upstream is in trouble. `waitMs`: how long it asked to be left alone. */
  failed(error: UpstreamError, waitMs: number | null): void;
  /** The call says nothing about the upstream's health, or never left. */
  ignored(): void;
}

export interface CircuitBreaker {
  /** `null`: the call must not leave. `isForced`: it leaves all the same. */
  enter(isForced?: boolean): BreakerPass | null;
  state(): BreakerState;
  /** The failure that opened it. */
  readonly cause: UpstreamError | null;
}

/**
 * Stops calls of one kind while the upstream fails, and lets single trials through to see whether it is well again. Libraries
 * (cockatiel, opossum) keep time by themselves and hold callers back during a trial; here `Retry-After` sets the time, the clock
 * comes from outside, and other calls fail at once during a trial.
 */
export function createCircuitBreaker(now: () => number, random: () => number): CircuitBreaker {
  let failuresInRow = 0;
  let outcomes: { readonly at: number; readonly failed: boolean }[] = [];
  let open: { readonly since: number; readonly until: number; readonly cause: UpstreamError } | null = null;
  let isTrialUnderWay = false;

  // A wall clock that was set back must not keep it open.
  const isWaiting = (): boolean => open !== null && now() >= open.since && now() < open.until;

  function note(failed: boolean): void {
    const at = now();
    outcomes = outcomes.filter((outcome) => at - outcome.at < windowMs).slice(-99);
    outcomes.push({ at, failed });
    failuresInRow = failed ? failuresInRow + 1 : 0;
  }

  function mustOpen(): boolean {
    const failed = outcomes.filter((outcome) => outcome.failed).length;
    return (
      failuresInRow >= maxConsecutiveFailures ||
      (outcomes.length >= minCalls && failed >= failureShare * outcomes.length)
    );
  }

  function openFor(ms: number, cause: UpstreamError): void {
    const since = now();
    open = { since, until: Math.max(open !== null && isWaiting() ? open.until : 0, since + ms), cause };
  }

  function close(): void {
    open = null;
    failuresInRow = 0;
    outcomes = [];
  }

  function passOf(isProbe: boolean, isTrial: boolean): BreakerPass {
    const ended = (): void => {
      if (isTrial) isTrialUnderWay = false;
    };
    return {
      succeeded() {
        ended();
        // What left before it opened says nothing about now.
        if (isProbe) close();
        else if (open === null) note(false);
      },
      failed(error, waitMs) {
        ended();
        note(true);
        if (waitMs !== null) openFor(waitMs, error);
        else if (isTrial || (open === null && mustOpen())) openFor(openMs + random() * jitterMs, error);
      },
      ignored: ended,
    };
  }

  return {
    enter(isForced = false) {
      if (open === null) return passOf(false, false);
      const mayTry = !isWaiting() && !isTrialUnderWay;
      if (!mayTry) return isForced ? passOf(true, false) : null;
      isTrialUnderWay = true;
      return passOf(true, true);
    },
    state: () => ({
      state: open === null ? "closed" : isWaiting() ? "open" : "half-open",
      retryAt: open?.until ?? null,
      code: open?.cause.code ?? null,
    }),
    get cause() {
      return open?.cause ?? null;
    },
  };
}

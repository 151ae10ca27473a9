import type { UpstreamError } from "./upstream-error.ts";

/** Number of consecutive failures that opens the breaker. */
const maxConsecutiveFailures = 5;
/** Share of failed calls within `windowMs` that also opens it, once there were at least `minCalls`. */
const failureShare = 0.5;
const minCalls = 20;
const windowMs = 10_000;
const maxOutcomes = 100;
const openMs = 5_000;
const jitterMs = 1_000;

export interface BreakerState {
  readonly state: "closed" | "open" | "half-open";
  /** Local time in milliseconds after which one trial call is allowed; `null` while closed. */
  readonly retryAt: number | null;
  /** Code of the failure that opened the breaker; `null` while closed. */
  readonly code: string | null;
}

/** Permission for one call. The caller calls exactly one of the methods, once. */
export interface BreakerPass {
  succeeded(): void;
  /** Counts a failure of the upstream. `waitMs`: the pause the upstream asked for, in milliseconds. */
  failed(error: UpstreamError, waitMs: number | null): void;
  /** The outcome says nothing about the upstream's health, or the call was not sent. */
  ignored(): void;
}

export interface CircuitBreaker {
  /** Returns `null` when the call must not be sent. `isForced`: always returns a pass. */
  enter(isForced?: boolean): BreakerPass | null;
  state(): BreakerState;
  /** The failure that opened the breaker; `null` while closed. */
  readonly cause: UpstreamError | null;
}

/**
 * Circuit breaker for one kind of call; half-open, it lets one trial call through at a time. Not a library (cockatiel, opossum):
 * those keep their own timers and make callers wait during a trial. Here `Retry-After` sets the pause, the clock is injected and
 * other calls fail at once during a trial.
 */
export function createCircuitBreaker(now: () => number, random: () => number): CircuitBreaker {
  let failuresInRow = 0;
  let outcomes: { readonly at: number; readonly failed: boolean }[] = [];
  let open: { readonly since: number; readonly until: number; readonly cause: UpstreamError } | null = null;
  let isTrialUnderWay = false;

  // A wall clock that was set back must not keep the breaker open.
  const isWaiting = (): boolean => open !== null && now() >= open.since && now() < open.until;

  function note(failed: boolean): void {
    const at = now();
    const isOld = (outcome: { readonly at: number } | undefined): boolean =>
      outcome !== undefined && (at - outcome.at >= windowMs || outcome.at > at);
    while (outcomes.length >= maxOutcomes || isOld(outcomes[0])) outcomes.shift();
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
        // A call sent before the breaker opened says nothing about the current state.
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

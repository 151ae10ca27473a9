import type { CallKind } from "../errors/call-kind.ts";
import { errorEntry } from "../errors/catalogue.ts";
import { WscError } from "../errors/problem.ts";
import type { WireRequest } from "../upstream/operations.ts";
import { type BreakerPass, type BreakerState, type CircuitBreaker, createCircuitBreaker } from "./circuit-breaker.ts";
import type { CallOptions, Exchange, UpstreamAnswer } from "./exchange.ts";
import type { SendOptions } from "./signed-transport.ts";
import { UpstreamError } from "./upstream-error.ts";

export interface GuardedOptions extends CallOptions, Pick<SendOptions, "timeoutMs"> {
  /** The caller has waited out the `Retry-After`, so its call is the trial. */
  readonly hasWaited?: boolean;
}

export interface GuardedCalls {
  /** Makes one exchange under the breaker of its kind. Throws UpstreamError, or SERVER_BUSY while another call is the trial. */
  call(kind: CallKind, request: WireRequest, attempt: number, options: GuardedOptions): Promise<UpstreamAnswer>;
  /** Returns the error for calls that are not sent: the failure that opened the breaker, with the remaining wait. */
  refusal(kind: CallKind): WscError;
  stateOf(kind: CallKind): BreakerState;
}

/** A used-up quota does not come back within seconds. */
const quotaWaitMs = 60_000;

/**
 * Whether a failure means that the upstream is unhealthy. Refused keys and codes of the service concern this call only; of a call
 * about one job, so does 901, which is the answer for an unknown number as well (docs/upstream-api.md).
 */
function isUpstreamFailure(kind: CallKind, { code, facts: { httpStatus } }: UpstreamError): boolean {
  if (kind !== "lists" && code === "901") return false;
  const isFailing = httpStatus === null || httpStatus >= 500 || httpStatus === 429;
  return isFailing || code === "UPSTREAM_UNREADABLE" || errorEntry(code).retry === "safe";
}

function settle(kind: CallKind, pass: BreakerPass, error: unknown): void {
  if (!(error instanceof UpstreamError) || !isUpstreamFailure(kind, error)) pass.ignored();
  else pass.failed(error, error.facts.retryAfterMs ?? (error.code === "400" ? quotaWaitMs : null));
}

function refusalOf(kind: CallKind, breaker: CircuitBreaker, now: number): WscError {
  const { cause } = breaker;
  if (cause === null) return new WscError("SERVER_BUSY", `${kind}: a trial is under way`);
  const pausedUntil = breaker.state().retryAt ?? now;
  const retryAfter = Math.max(1, Math.ceil((pausedUntil - now) / 1000));
  const message = `${kind}: not asked, the upstream failed before (${cause.message})`;
  const facts = { ...cause.facts, sent: "no", pausedUntil } as const;
  return new UpstreamError(cause.code, message, facts, { ...cause.details, retryAfter });
}

/** A breaker for each kind of call. `random`: 0 ≤ x < 1, for the jitter of a pause. */
export function createGuardedCalls(exchange: Exchange, localNow: () => number, random: () => number): GuardedCalls {
  const breakers: Readonly<Record<CallKind, CircuitBreaker>> = {
    lists: createCircuitBreaker(localNow, random),
    reports: createCircuitBreaker(localNow, random),
    acts: createCircuitBreaker(localNow, random),
  };
  const refusal = (kind: CallKind): WscError => refusalOf(kind, breakers[kind], localNow());
  return {
    async call(kind, request, attempt, { isUrgent = false, hasWaited = false, ...options }) {
      const pass = breakers[kind].enter(isUrgent || hasWaited);
      if (pass === null) throw refusal(kind);
      try {
        const answer = await exchange(request, attempt, options);
        pass.succeeded();
        return answer;
      } catch (error) {
        settle(kind, pass, error);
        throw error;
      }
    },
    refusal,
    stateOf: (kind) => breakers[kind].state(),
  };
}

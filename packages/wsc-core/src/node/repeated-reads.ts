import type { CallKind } from "../errors/call-kind.ts";
import { errorEntry } from "../errors/catalogue.ts";
import { WscError } from "../errors/problem.ts";
import type { WireRequest } from "../upstream/operations.ts";
import { refusedSignatureCode } from "./call-failures.ts";
import { createCallSlots } from "./call-slots.ts";
import type { CallOptions, UpstreamAnswer } from "./exchange.ts";
import type { GatewayClock } from "./gateway-clock.ts";
import type { GuardedCalls, GuardedOptions } from "./guarded-calls.ts";
import { createRetryBudget } from "./retry-budget.ts";
import { UpstreamError } from "./upstream-error.ts";

type ReadKind = Exclude<CallKind, "acts">;

export interface RepeatedReadsParts {
  readonly calls: GuardedCalls;
  readonly clock: GatewayClock;
  /** Deadline of a read including all its retries, in milliseconds. */
  readonly deadlineMs: number;
  readonly localNow: () => number;
  /** 0 ≤ x < 1, for the jitter. */
  readonly random: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

type QueuedRead = (
  request: WireRequest,
  attempt: number,
  deadline: number,
  options: GuardedOptions,
) => Promise<UpstreamAnswer>;

const readsAtOnce = 4;
const maxWaitingReads = 50;
const maxRepetitions = 2;
const backoff = {
  throttled: { baseMs: 1000, capMs: 60_000 },
  failing: { baseMs: 200, capMs: 5000 },
} as const;

/** One attempt of a read: a slot first, then the breaker, so that queued reads notice a failure during their wait. */
function createQueuedRead(kind: ReadKind, calls: GuardedCalls, localNow: () => number): QueuedRead {
  const slots = createCallSlots(readsAtOnce, maxWaitingReads);
  return async (request, attempt, deadline, options) => {
    const limitMs = (): number => Math.max(1, deadline - localNow());
    const send = () => calls.call(kind, request, attempt, { ...options, timeoutMs: limitMs() });
    if (options.isUrgent === true) return send();
    if (options.hasWaited !== true && calls.stateOf(kind).state === "open") throw calls.refusal(kind);
    const release = await slots.acquire(limitMs());
    if (release === null)
      throw new WscError("SERVER_BUSY", `${request.operation}: too many reads wait for the upstream`);
    try {
      return await send();
    } finally {
      release();
    }
  };
}

function delayBefore(repetition: number, { facts }: UpstreamError, random: () => number): number {
  if (facts.retryAfterMs !== null) return facts.retryAfterMs;
  const { baseMs, capMs } = facts.httpStatus === 429 ? backoff.throttled : backoff.failing;
  return random() * Math.min(capMs, baseMs * 2 ** repetition);
}

/** Decides the delay before each retry, with one retry budget for all kinds of reads. */
function createRepetitions({ calls, localNow, random, wait }: Omit<RepeatedReadsParts, "clock" | "deadlineMs">) {
  const budget = createRetryBudget();
  /** Kinds for which one caller waits out a Retry-After; the other callers fail at once. */
  const waitedFor = new Set<CallKind>();
  return {
    earn: budget.earn,
    /** Returns the milliseconds until this caller retries its read; `null` for no retry. */
    delay(kind: ReadKind, error: UpstreamError, repetition: number, deadline: number): number | null {
      const isRepeatable = errorEntry(error.code).retry === "safe" && error.facts.pausedUntil === undefined;
      if (!isRepeatable || repetition >= maxRepetitions) return null;
      const delay = delayBefore(repetition, error, random);
      if (localNow() + delay >= deadline) return null;
      const isAskedToWait = error.facts.retryAfterMs !== null;
      if (isAskedToWait ? waitedFor.has(kind) : calls.stateOf(kind).state !== "closed") return null;
      return budget.take() ? delay : null;
    },
    /** Waits; whether it was as long as the upstream asked. */
    async pause(kind: ReadKind, error: UpstreamError, delay: number): Promise<boolean> {
      if (error.facts.retryAfterMs === null) {
        await wait(delay);
        return false;
      }
      waitedFor.add(kind);
      await wait(delay).finally(() => waitedFor.delete(kind));
      return true;
    },
  };
}

/** Creates the function that reads lists and reports, with the retries described at `UpstreamClient.call`. */
export function createRepeatedReads({ clock, deadlineMs, ...parts }: RepeatedReadsParts) {
  const { calls, localNow } = parts;
  const repetitions = createRepetitions(parts);
  const attempts: Readonly<Record<ReadKind, QueuedRead>> = {
    lists: createQueuedRead("lists", calls, localNow),
    reports: createQueuedRead("reports", calls, localNow),
  };

  /** A retry signed with a time that only the preceding refusal reported; no other call is signed with it. */
  function signedBySuspicion(isCorrection: boolean): Pick<CallOptions, "signedAt"> {
    const { suspectedOffsetMs } = clock;
    return isCorrection && suspectedOffsetMs !== null ? { signedAt: localNow() + suspectedOffsetMs } : {};
  }

  return async (kind: ReadKind, request: WireRequest, options: CallOptions): Promise<UpstreamAnswer> => {
    const deadline = localNow() + deadlineMs;
    let clockCorrected = false;
    let hasWaited = false;
    repetitions.earn();
    for (let repetition = 0; ; repetition += 1) {
      const offsetBefore = clock.offsetMs;
      const signedAt = signedBySuspicion(clockCorrected);
      try {
        return await attempts[kind](request, repetition + 1, deadline, { ...options, hasWaited, ...signedAt });
      } catch (error) {
        if (!(error instanceof UpstreamError)) throw error;
        // Our clock was wrong: the refusal reported the gateway's time, and a call signed with it confirms that time.
        const isClockWrong = clock.offsetMs !== offsetBefore || clock.suspectedOffsetMs !== null;
        if (error.code === refusedSignatureCode && isClockWrong && !clockCorrected) {
          clockCorrected = true;
          continue;
        }
        const delay = options.isOnce === true ? null : repetitions.delay(kind, error, repetition, deadline);
        if (delay === null) throw error;
        hasWaited = await repetitions.pause(kind, error, delay);
      }
    }
  };
}

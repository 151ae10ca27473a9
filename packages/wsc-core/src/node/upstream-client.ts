import type { CallKind } from "../errors/call-kind.ts";
import { errorEntry } from "../errors/catalogue.ts";
import { WscError } from "../errors/problem.ts";
import { type DecodedAnswer, decodeEnvelope, errorCodeOf, type FailureAnswer } from "../upstream/envelope.ts";
import type { WireRequest } from "../upstream/operations.ts";
import { createCallSlots } from "./call-slots.ts";
import { type BreakerPass, type BreakerState, type CircuitBreaker, createCircuitBreaker } from "./circuit-breaker.ts";
import type { GatewayClock } from "./gateway-clock.ts";
import { createRetryBudget } from "./retry-budget.ts";
import { type SendOptions, type SignedTransport, TransportFailure, type WireAnswer } from "./signed-transport.ts";
import { readRetryAfter, UpstreamError } from "./upstream-error.ts";

export interface UpstreamEvent {
  readonly operation: WireRequest["operation"];
  readonly attempt: number;
  readonly durationMs: number;
  readonly httpStatus: number | null;
  /** "0" for success. */
  readonly code: string;
  readonly traceId: string | undefined;
}

export interface UpstreamClientOptions {
  readonly transport: SignedTransport;
  readonly clock: GatewayClock;
  /** Milliseconds for a read with all its repetitions. */
  readonly deadlineMs: number;
  readonly localNow?: () => number;
  /** 0 ≤ x < 1, for the jitter. */
  readonly random?: () => number;
  readonly wait?: (ms: number) => Promise<void>;
  /** Told about every exchange, without anything secret. */
  readonly onExchange?: (event: UpstreamEvent) => void;
}

export interface CallOptions extends Pick<SendOptions, "signedAt" | "notAfter"> {
  /** Money waits for it: it neither waits behind other reads nor for the breaker. */
  readonly isUrgent?: boolean;
  /** Decodes an answer that may be too large for this thread; `decodeEnvelope` when not given. Its errors are those of the call. */
  readonly decode?: (answer: Pick<WireAnswer, "httpStatus" | "body">) => Promise<DecodedAnswer>;
  /** Whether the payload can be read; otherwise the call has failed with UPSTREAM_UNREADABLE. */
  readonly isReadable?: (answer: UpstreamAnswer) => boolean;
}

export interface UpstreamAnswer {
  readonly payload: unknown;
  /** `false` when only the HTTP status speaks for success. */
  readonly recognised: boolean;
  /** Whether the payload came inside the documented envelope. */
  readonly envelope: "wrapped" | "bare";
}

export interface UpstreamClient {
  /**
   * Resolves with the payload of a success. Reads are repeated at most twice, with full jitter and out of a budget that all share,
   * honouring Retry-After as far as it fits the deadline. Everything else goes out exactly once. While the breaker of its kind is
   * open a call fails at once with the failure that opened it. Throws UpstreamError, or SERVER_BUSY when too many reads wait.
   */
  call(request: WireRequest, options?: CallOptions): Promise<UpstreamAnswer>;
  breakers(): Readonly<Record<CallKind, BreakerState>>;
  close(): void;
}

/** Each kind has a breaker of its own. createJob has none: its outbox alone decides when it is sent. */
const kindOfOperation: Readonly<Record<WireRequest["operation"], CallKind | null>> = {
  getJobs: "lists",
  searchJobs: "lists",
  getReport: "reports",
  cancelJob: "acts",
  stopJob: "acts",
  createJob: null,
};
interface ReadOptions extends CallOptions {
  readonly hasWaited?: boolean;
}
const readsAtOnce = 4;
const maxWaitingReads = 50;
/** A used-up quota does not come back within seconds. */
const quotaWaitMs = 60_000;
const maxRepetitions = 2;
const backoff = {
  throttled: { baseMs: 1000, capMs: 60_000 },
  failing: { baseMs: 200, capMs: 5000 },
} as const;
const failureCodes = {
  unreachable: "UPSTREAM_UNREACHABLE",
  timeout: "UPSTREAM_TIMEOUT",
  interrupted: "UPSTREAM_INTERRUPTED",
  unreadable: "UPSTREAM_UNREADABLE",
} as const;

/** Whether a failure says that the upstream is unwell, and not only this call: refused keys and codes of the service say nothing of it. */
function isUpstreamFailure({ code, facts: { httpStatus } }: UpstreamError): boolean {
  const isFailing = httpStatus === null || httpStatus >= 500 || httpStatus === 429;
  return isFailing || code === "UPSTREAM_UNREADABLE" || errorEntry(code).retry === "safe";
}

/** Whether an answer has the form of the gateway or the service, and not of anything in between. */
function isOfGateway(decoded: DecodedAnswer): boolean {
  if (decoded.kind === "success") return decoded.recognised;
  return decoded.kind === "failure" && decoded.origin !== "unknown";
}

/** The vendor's words, with its code when ours does not say it. */
function upstreamWords({ code, message }: FailureAnswer, ourCode: string): string {
  return [code === ourCode ? null : code, message].filter((part) => part !== null && part !== "").join(": ");
}

/** The six calls with one rule for errors and repetition (design: errors are told apart by the body, then the HTTP status). */
export function createUpstreamClient({
  transport,
  clock,
  deadlineMs,
  localNow = Date.now,
  random = Math.random,
  wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  onExchange = () => {},
}: UpstreamClientOptions): UpstreamClient {
  const breakers: Readonly<Record<CallKind, CircuitBreaker>> = {
    lists: createCircuitBreaker(localNow, random),
    reports: createCircuitBreaker(localNow, random),
    acts: createCircuitBreaker(localNow, random),
  };
  const slots = {
    lists: createCallSlots(readsAtOnce, maxWaitingReads),
    reports: createCallSlots(readsAtOnce, maxWaitingReads),
  };
  const budget = createRetryBudget();
  /** Kinds of which one caller waits for the end of a Retry-After; the others fail at once. */
  const waitedFor = new Set<CallKind>();

  function errorOf(
    request: WireRequest,
    answer: WireAnswer,
    decoded: Exclude<DecodedAnswer, { kind: "success" }>,
  ): UpstreamError {
    const retryAfterMs = readRetryAfter(answer.retryAfter, clock.now());
    const facts = {
      operation: request.operation,
      httpStatus: answer.httpStatus,
      form: decoded.kind === "failure" ? decoded.form : null,
      sent: "maybe",
      retryAfterMs,
      traceId: answer.traceId,
    } as const;
    const details = retryAfterMs === null ? {} : { retryAfter: Math.ceil(retryAfterMs / 1000) };
    const code = errorCodeOf(decoded);
    if (decoded.kind === "unreadable") {
      const message = `${request.operation}: HTTP ${answer.httpStatus} without a JSON object`;
      return new UpstreamError(code, message, facts, details);
    }
    const words = upstreamWords(decoded, code);
    const message = `${request.operation}: HTTP ${answer.httpStatus}, code ${decoded.code ?? "none"}`;
    return new UpstreamError(code, message, facts, { ...details, ...(words === "" ? {} : { upstreamMessage: words }) });
  }

  function unreadable(request: WireRequest, { httpStatus, traceId }: WireAnswer): UpstreamError {
    const facts = {
      operation: request.operation,
      httpStatus,
      form: null,
      sent: "maybe",
      retryAfterMs: null,
      traceId,
    } as const;
    return new UpstreamError("UPSTREAM_UNREADABLE", `${request.operation}: an answer that cannot be read`, facts);
  }

  async function exchange(
    request: WireRequest,
    attempt: number,
    { isReadable = () => true, decode, ...options }: SendOptions & Pick<CallOptions, "isReadable" | "decode"> = {},
  ): Promise<UpstreamAnswer> {
    const startedAt = localNow();
    const report = (code: string, httpStatus: number | null, traceId?: string): void =>
      onExchange({
        operation: request.operation,
        attempt,
        durationMs: localNow() - startedAt,
        httpStatus,
        code,
        traceId,
      });
    try {
      const answer = await transport.send(request, options);
      const decoded =
        decode === undefined ? decodeEnvelope(answer.httpStatus, answer.body.toString("utf8")) : await decode(answer);
      // The page of a box in between has a time of its own.
      if (isOfGateway(decoded)) clock.observe(answer.clockReading);
      if (decoded.kind === "success" && isReadable(decoded)) {
        report("0", answer.httpStatus, answer.traceId);
        return decoded;
      }
      const error = decoded.kind === "success" ? unreadable(request, answer) : errorOf(request, answer, decoded);
      report(error.code, answer.httpStatus, answer.traceId);
      throw error;
    } catch (error) {
      if (!(error instanceof TransportFailure)) throw error;
      const code = failureCodes[error.kind];
      report(code, null);
      const facts = {
        operation: request.operation,
        httpStatus: null,
        form: null,
        sent: error.sent,
        retryAfterMs: null,
        traceId: undefined,
      };
      throw new UpstreamError(code, `${request.operation}: ${error.message}`, facts);
    }
  }

  function delayBefore(repetition: number, error: UpstreamError): number {
    if (error.facts.retryAfterMs !== null) return error.facts.retryAfterMs;
    const { baseMs, capMs } = error.facts.httpStatus === 429 ? backoff.throttled : backoff.failing;
    return random() * Math.min(capMs, baseMs * 2 ** repetition);
  }

  /** The failure that opened the breaker, with the rest of the wait. */
  function refusedBy(kind: CallKind): WscError {
    const breaker = breakers[kind];
    const { cause } = breaker;
    if (cause === null) return new WscError("SERVER_BUSY", `${kind}: a trial is under way`);
    const pausedUntil = breaker.state().retryAt ?? localNow();
    const retryAfter = Math.max(1, Math.ceil((pausedUntil - localNow()) / 1000));
    const message = `${kind}: not asked, the upstream failed before (${cause.message})`;
    const facts = { ...cause.facts, sent: "no", pausedUntil } as const;
    return new UpstreamError(cause.code, message, facts, { ...cause.details, retryAfter });
  }

  /** One exchange under the breaker of its kind. */
  async function guarded(
    kind: CallKind,
    { isUrgent = false, hasWaited = false, ...options }: SendOptions & ReadOptions,
    request: WireRequest,
    attempt: number,
  ): Promise<UpstreamAnswer> {
    const pass = breakers[kind].enter(isUrgent || hasWaited);
    if (pass === null) throw refusedBy(kind);
    try {
      const answer = await exchange(request, attempt, options);
      pass.succeeded();
      return answer;
    } catch (error) {
      settle(pass, error);
      throw error;
    }
  }

  function settle(pass: BreakerPass, error: unknown): void {
    if (!(error instanceof UpstreamError) || !isUpstreamFailure(error)) pass.ignored();
    else pass.failed(error, error.facts.retryAfterMs ?? (error.code === "400" ? quotaWaitMs : null));
  }

  /** A slot first, then the breaker: what waited in the queue learns of a failure in the meantime. */
  async function attemptRead(
    kind: "lists" | "reports",
    request: WireRequest,
    attempt: number,
    deadline: number,
    options: ReadOptions,
  ): Promise<UpstreamAnswer> {
    const limitMs = (): number => Math.max(1, deadline - localNow());
    if (options.isUrgent === true) return guarded(kind, { ...options, timeoutMs: limitMs() }, request, attempt);
    if (options.hasWaited !== true && breakers[kind].state().state === "open") throw refusedBy(kind);
    const release = await slots[kind].acquire(limitMs());
    if (release === null)
      throw new WscError("SERVER_BUSY", `${request.operation}: too many reads wait for the upstream`);
    try {
      return await guarded(kind, { ...options, timeoutMs: limitMs() }, request, attempt);
    } finally {
      release();
    }
  }

  /** Whether this caller repeats its read after the failure; `null` when not, else after so many milliseconds. */
  function repetitionDelay(kind: CallKind, error: UpstreamError, repetition: number, deadline: number): number | null {
    const isRepeatable = errorEntry(error.code).retry === "safe" && error.facts.pausedUntil === undefined;
    if (!isRepeatable || repetition >= maxRepetitions) return null;
    const delay = delayBefore(repetition, error);
    if (localNow() + delay >= deadline) return null;
    const isAskedToWait = error.facts.retryAfterMs !== null;
    if (isAskedToWait ? waitedFor.has(kind) : breakers[kind].state().state !== "closed") return null;
    return budget.take() ? delay : null;
  }

  /** A read that is signed by a time which only the refusal before has told; nothing else is signed by it. */
  function signedBySuspicion(isCorrection: boolean): Pick<SendOptions, "signedAt"> {
    const { suspectedOffsetMs } = clock;
    return isCorrection && suspectedOffsetMs !== null ? { signedAt: localNow() + suspectedOffsetMs } : {};
  }

  async function read(kind: "lists" | "reports", request: WireRequest, options: CallOptions): Promise<UpstreamAnswer> {
    const deadline = localNow() + deadlineMs;
    let clockCorrected = false;
    // Whoever has waited as long as the upstream asked is the trial.
    let hasWaited = false;
    budget.earn();
    for (let repetition = 0; ; repetition += 1) {
      const offsetBefore = clock.offsetMs;
      try {
        return await attemptRead(kind, request, repetition + 1, deadline, {
          ...options,
          hasWaited,
          ...signedBySuspicion(clockCorrected),
        });
      } catch (error) {
        if (!(error instanceof UpstreamError)) throw error;
        // A clock that is wrong: the refusal told the gateway's time, and its answer to a call signed by it confirms that.
        const isClockWrong = clock.offsetMs !== offsetBefore || clock.suspectedOffsetMs !== null;
        if (error.code === "200" && isClockWrong && !clockCorrected) {
          clockCorrected = true;
          continue;
        }
        const delay = repetitionDelay(kind, error, repetition, deadline);
        if (delay === null) throw error;
        hasWaited = error.facts.retryAfterMs !== null;
        if (hasWaited) waitedFor.add(kind);
        await wait(delay).finally(() => {
          if (hasWaited) waitedFor.delete(kind);
        });
      }
    }
  }

  return {
    call(request, options = {}) {
      const kind = kindOfOperation[request.operation];
      if (kind === null) return exchange(request, 1, options);
      return kind === "acts" ? guarded(kind, options, request, 1) : read(kind, request, options);
    },
    breakers: () => ({
      lists: breakers.lists.state(),
      reports: breakers.reports.state(),
      acts: breakers.acts.state(),
    }),
    close: () => transport.close(),
  };
}

import { errorEntry } from "../errors/catalogue.ts";
import { decodeEnvelope, errorCodeOf, type FailureAnswer } from "../upstream/envelope.ts";
import { upstreamOperations, type WireRequest } from "../upstream/operations.ts";
import type { GatewayClock } from "./gateway-clock.ts";
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

export interface UpstreamClient {
  /**
   * Resolves with the payload of a success. Reads are repeated at most twice, with full jitter, honouring Retry-After as
   * far as it fits the deadline. Everything else goes out exactly once. Throws UpstreamError.
   */
  call(
    request: WireRequest,
    options?: Pick<SendOptions, "signedAt" | "notAfter">,
  ): Promise<{ payload: unknown; recognised: boolean }>;
  close(): void;
}

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
  /** After a throttled read nobody asks again before this instant. */
  let readsClosedUntil = 0;
  let closedBy: UpstreamError | null = null;

  function errorOf(
    request: WireRequest,
    answer: WireAnswer,
    decoded: Exclude<ReturnType<typeof decodeEnvelope>, { kind: "success" }>,
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

  async function exchange(
    request: WireRequest,
    attempt: number,
    options: SendOptions = {},
  ): Promise<{ payload: unknown; recognised: boolean }> {
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
      const decoded = decodeEnvelope(answer.httpStatus, answer.text);
      if (decoded.kind === "success") {
        report("0", answer.httpStatus, answer.traceId);
        return decoded;
      }
      const error = errorOf(request, answer, decoded);
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

  async function read(request: WireRequest): Promise<{ payload: unknown; recognised: boolean }> {
    const deadline = localNow() + deadlineMs;
    let clockCorrected = false;
    for (let repetition = 0; ; repetition += 1) {
      if (closedBy !== null && localNow() < readsClosedUntil) {
        if (readsClosedUntil >= deadline) throw closedBy;
        await wait(readsClosedUntil - localNow());
      }
      const offsetBefore = clock.offsetMs;
      try {
        return await exchange(request, repetition + 1, { timeoutMs: Math.max(1, deadline - localNow()) });
      } catch (error) {
        if (!(error instanceof UpstreamError)) throw error;
        if (error.facts.retryAfterMs !== null) {
          readsClosedUntil = Math.max(readsClosedUntil, localNow() + error.facts.retryAfterMs);
          closedBy = error;
        }
        // A clock that was wrong is right after the refusal: the answer told the gateway's time.
        const corrected = error.code === "200" && clock.offsetMs !== offsetBefore && !clockCorrected;
        if (corrected) clockCorrected = true;
        else if (errorEntry(error.code).retry !== "safe") throw error;
        const delay = corrected ? 0 : delayBefore(repetition, error);
        if (repetition >= maxRepetitions || localNow() + delay >= deadline) throw error;
        await wait(delay);
      }
    }
  }

  return {
    call: (request, options) =>
      upstreamOperations[request.operation].kind === "read" ? read(request) : exchange(request, 1, options),
    close: () => transport.close(),
  };
}

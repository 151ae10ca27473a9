import { type DecodedAnswer, decodeEnvelope } from "../upstream/envelope.ts";
import type { WireRequest } from "../upstream/operations.ts";
import { refusalError, transportError, unreadableError } from "./call-failures.ts";
import type { GatewayClock } from "./gateway-clock.ts";
import { type SendOptions, type SignedTransport, TransportFailure, type WireAnswer } from "./signed-transport.ts";
import type { UpstreamError } from "./upstream-error.ts";

export interface UpstreamEvent {
  readonly operation: WireRequest["operation"];
  readonly attempt: number;
  readonly durationMs: number;
  readonly httpStatus: number | null;
  /** "0" for success. */
  readonly code: string;
  readonly traceId: string | undefined;
}

export interface UpstreamAnswer {
  readonly payload: unknown;
  /** `false` when only the HTTP status speaks for success. */
  readonly recognised: boolean;
  /** Whether the payload came inside the documented envelope. */
  readonly envelope: "wrapped" | "bare";
  /** Whether something beside the payload speaks of a failure. */
  readonly isDoubtful: boolean;
}

export interface CallOptions extends Pick<SendOptions, "signedAt" | "notAfter"> {
  /** Money waits for it: it neither waits behind other reads nor for the breaker. */
  readonly isUrgent?: boolean;
  /** A read that is not repeated: its failure is an answer as well. */
  readonly isOnce?: boolean;
  /** Decodes an answer that may be too large for this thread; `decodeEnvelope` when not given. Its errors are those of the call. */
  readonly decode?: (answer: Pick<WireAnswer, "httpStatus" | "body">) => Promise<DecodedAnswer>;
  /** Whether the payload can be read; otherwise the call has failed with UPSTREAM_UNREADABLE. */
  readonly isReadable?: (answer: UpstreamAnswer) => boolean;
}

export interface ExchangeParts {
  readonly transport: SignedTransport;
  readonly clock: GatewayClock;
  readonly localNow: () => number;
  /** Told about every exchange, without anything secret. */
  readonly onExchange: (event: UpstreamEvent) => void;
}

export type ExchangeOptions = SendOptions & Pick<CallOptions, "isReadable" | "decode">;

/** One request and its answer, sent once. Throws UpstreamError for everything but a success. */
export type Exchange = (request: WireRequest, attempt: number, options?: ExchangeOptions) => Promise<UpstreamAnswer>;

/** Whether an answer has the form of the gateway or the service, and not of anything in between. */
function isOfGateway(decoded: DecodedAnswer): boolean {
  if (decoded.kind === "success") return decoded.recognised;
  return decoded.kind === "failure" && decoded.origin !== "unknown";
}

const decodeHere = async ({ httpStatus, body }: Pick<WireAnswer, "httpStatus" | "body">): Promise<DecodedAnswer> =>
  decodeEnvelope(httpStatus, body.toString("utf8"));

/** Sends, decodes, learns the gateway's time and tells each outcome. */
export function createExchange({ transport, clock, localNow, onExchange }: ExchangeParts): Exchange {
  return async (request, attempt, { isReadable = () => true, decode = decodeHere, ...options } = {}) => {
    const { operation } = request;
    const startedAt = localNow();
    const report = (code: string, httpStatus: number | null, traceId?: string): void =>
      onExchange({ operation, attempt, durationMs: localNow() - startedAt, httpStatus, code, traceId });
    const fail = (error: UpstreamError, answer?: WireAnswer): never => {
      report(error.code, answer?.httpStatus ?? null, answer?.traceId);
      throw error;
    };
    let answer: WireAnswer;
    try {
      answer = await transport.send(request, options);
    } catch (error) {
      if (!(error instanceof TransportFailure)) throw error;
      return fail(transportError(request, error));
    }
    const decoded = await decode(answer);
    // The page of a box in between has a time of its own.
    if (isOfGateway(decoded)) clock.observe(answer.clockReading);
    if (decoded.kind !== "success") return fail(refusalError(request, answer, decoded, clock.now()), answer);
    if (!isReadable(decoded)) return fail(unreadableError(request, answer), answer);
    report("0", answer.httpStatus, answer.traceId);
    return decoded;
  };
}

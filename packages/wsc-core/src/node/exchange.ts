import { type DecodedAnswer, decodeEnvelope } from "../upstream/envelope.ts";
import type { WireRequest } from "../upstream/operations.ts";
import { refusalError, refusedSignatureCode, transportError, unreadableError } from "./call-failures.ts";
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
  /** `false` when only the HTTP status indicates success. */
  readonly recognised: boolean;
  /** Whether the documented envelope wraps the payload. */
  readonly envelope: "wrapped" | "bare";
  /** Whether a member beside the payload indicates a failure. */
  readonly isDoubtful: boolean;
}

export interface CallOptions extends Pick<SendOptions, "signedAt" | "notAfter"> {
  /** A paid call waits for this read: it skips the read queue and the breaker. */
  readonly isUrgent?: boolean;
  /** Do not retry this read: its failure is a valid result too. */
  readonly isOnce?: boolean;
  /** Decodes a response that may be too large for this thread; default `decodeEnvelope`. The call throws what it throws. */
  readonly decode?: (answer: Pick<WireAnswer, "httpStatus" | "body">) => Promise<DecodedAnswer>;
  /** Returns whether the payload can be read; if not, the call fails with UPSTREAM_UNREADABLE. */
  readonly isReadable?: (answer: UpstreamAnswer) => boolean;
}

export interface ExchangeParts {
  readonly transport: SignedTransport;
  readonly clock: GatewayClock;
  readonly localNow: () => number;
  /** Called after every exchange; the event holds no secrets. */
  readonly onExchange: (event: UpstreamEvent) => void;
}

export type ExchangeOptions = SendOptions & Pick<CallOptions, "isReadable" | "decode">;

/** Sends one request once and returns its response. Throws UpstreamError for anything but a success. */
export type Exchange = (request: WireRequest, attempt: number, options?: ExchangeOptions) => Promise<UpstreamAnswer>;

/** Whether a response has the form of the gateway or the service, not of a proxy in between. */
function isOfGateway(decoded: DecodedAnswer): boolean {
  if (decoded.kind === "success") return decoded.recognised;
  return decoded.kind === "failure" && decoded.origin !== "unknown";
}

const decodeHere = async ({ httpStatus, body }: Pick<WireAnswer, "httpStatus" | "body">): Promise<DecodedAnswer> =>
  decodeEnvelope(httpStatus, body.toString("utf8"));

/** Whether the gateway accepted the signature: the service sees no call whose signature was refused. */
function isAccepted(decoded: DecodedAnswer): boolean {
  if (decoded.kind === "success") return !decoded.isDoubtful;
  return decoded.kind === "failure" && decoded.origin === "service";
}

/**
 * Whether the gateway answered without saying anything about the signature, as when it throttles. Some of its other codes may
 * come after the signature was checked; no document says which.
 */
const isSilentOnSignature = (decoded: DecodedAnswer): boolean =>
  decoded.kind === "failure" && decoded.origin === "gateway" && decoded.code !== refusedSignatureCode;

/** Sends, decodes, updates the gateway clock and reports each outcome. */
export function createExchange({ transport, clock, localNow, onExchange }: ExchangeParts): Exchange {
  return async (request, attempt, { isReadable = () => true, decode = decodeHere, ...options } = {}) => {
    const { operation } = request;
    const startedAt = localNow();
    const report = (code: string, httpStatus: number | null, traceId?: string): void =>
      onExchange({ operation, attempt, durationMs: localNow() - startedAt, httpStatus, code, traceId });
    const fail = (error: UpstreamError, answer?: WireAnswer): never => {
      const isSick = answer !== undefined && (answer.httpStatus >= 500 || error.code === "UPSTREAM_UNREADABLE");
      if (isSick) transport.closeIdle();
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
    // An error page of a proxy in between carries the proxy's time.
    if (isOfGateway(decoded)) {
      const acceptedSignatureAt = isAccepted(decoded) ? answer.signedAt : null;
      clock.observe({ ...answer.clockReading, acceptedSignatureAt, isAboutSignature: !isSilentOnSignature(decoded) });
    }
    if (decoded.kind !== "success") return fail(refusalError(request, answer, decoded, clock.now()), answer);
    if (!isReadable(decoded)) return fail(unreadableError(request, answer), answer);
    report("0", answer.httpStatus, answer.traceId);
    return decoded;
  };
}

import { readHttpDate } from "./http-date.ts";

const maxOffsetMs = 26 * 3_600_000;
const trustedRoundTripMs = 5_000;
const noticeableMs = 30_000;
/** Two responses agree on the time when they differ by less: `Date` has whole seconds, and transit takes time. */
const agreementMs = 10_000;
/** A signature is refused when its time is this far from the gateway's (docs/upstream-api.md), in milliseconds. */
const signatureWindowMs = 300_000;

/** What a response says about the gateway's time. */
export interface ClockReading {
  /** The `Date` header. */
  readonly date: string | undefined;
  /** Local milliseconds around the exchange. */
  readonly sentAt: number;
  readonly receivedAt: number;
  /** Whether the response has an `Age` header, so that it came from a cache in between. */
  readonly isCached: boolean;
  /** Time of the request's signature, in milliseconds, when the gateway accepted it; otherwise `null`. */
  readonly acceptedSignatureAt: number | null;
  /** Whether the response tells whether the signature was right; others only confirm what such a response said. */
  readonly isAboutSignature: boolean;
}

export interface GatewayClock {
  /** Current time by the gateway's clock, as far as known, in milliseconds. */
  now(): number;
  /** Gateway minus local time, in milliseconds. 0 until two responses agree on a difference of more than 30 s. */
  readonly offsetMs: number;
  /** Whether the gateway's time was observed since the start or the last `forget`. */
  readonly isKnown: boolean;
  /** An offset more than 30 s from the accepted one, reported by the latest response alone; `null` if there is none. */
  readonly suspectedOffsetMs: number | null;
  /** Number of responses that confirmed the accepted offset. */
  readonly confirmations: number;
  /**
   * Whether the offset moved and the gateway has accepted no signature by it yet: a refused signature may then be the fault of the
   * clock instead of the key.
   */
  readonly isUntried: boolean;
  /** Call when the local clock jumped: the offset is kept until a response gives a better one. */
  forget(): void;
  /** Learns from an answer that was recognised as the gateway's own. */
  observe(reading: ClockReading): void;
}

/** Whether the gateway would have refused the signature if `told` were its time. */
function isRefuted({ sentAt, receivedAt, acceptedSignatureAt }: ClockReading, told: number): boolean {
  if (acceptedSignatureAt === null) return false;
  return Math.abs(told - acceptedSignatureAt) > signatureWindowMs + (receivedAt - sentAt) + 1_000;
}

/**
 * The upstream refuses timestamps that are five minutes off, so calls are signed by its clock, read from its responses. A change
 * of more than 30 s is accepted only when a second response agrees: one wrong `Date` must not send a reservation early or late. A known
 * time is not changed by a `Date` at which the gateway would have refused the very request that it answers: a node or a proxy
 * with a wrong clock repeats its `Date` on every response of a connection. A response that says nothing about the signature
 * is never the first of the two.
 */
export function createGatewayClock(localNow: () => number): GatewayClock {
  let offsetMs = 0;
  let isKnown = false;
  let suspectedOffsetMs: number | null = null;
  let confirmations = 0;
  let isUntried = false;
  return {
    now: () => localNow() + offsetMs,
    get offsetMs() {
      return offsetMs;
    },
    get isKnown() {
      return isKnown;
    },
    get suspectedOffsetMs() {
      return suspectedOffsetMs;
    },
    get confirmations() {
      return confirmations;
    },
    get isUntried() {
      return isUntried;
    },
    forget() {
      isKnown = false;
      // It was measured before our clock jumped.
      suspectedOffsetMs = null;
    },
    observe(reading) {
      const { date, sentAt, receivedAt, isCached, acceptedSignatureAt, isAboutSignature } = reading;
      if (acceptedSignatureAt !== null && Math.abs(acceptedSignatureAt - sentAt - offsetMs) <= noticeableMs)
        isUntried = false;
      const told = date === undefined ? Number.NaN : readHttpDate(date);
      if (Number.isNaN(told) || isCached || receivedAt - sentAt > trustedRoundTripMs) return;
      if (isKnown && isRefuted(reading, told)) return;
      // The header has whole seconds: on average it is half a second behind.
      const measured = told + 500 - (sentAt + receivedAt) / 2;
      const isMove = Math.abs(measured - offsetMs) > noticeableMs && Math.abs(measured) <= maxOffsetMs;
      const isConfirmed = suspectedOffsetMs !== null && Math.abs(measured - suspectedOffsetMs) <= agreementMs;
      if (isMove && !isConfirmed) {
        if (isAboutSignature) suspectedOffsetMs = measured;
        return;
      }
      if (isMove) {
        offsetMs = Math.abs(measured) <= noticeableMs ? 0 : Math.round(measured);
        isUntried = true;
      }
      suspectedOffsetMs = null;
      isKnown = true;
      confirmations += 1;
    },
  };
}

import { readHttpDate } from "./http-date.ts";

const maxOffsetMs = 26 * 3_600_000;
const trustedRoundTripMs = 5_000;
const noticeableMs = 30_000;
/** Two answers tell the same time when they differ by less; each counts whole seconds and travels for a while. */
const agreementMs = 10_000;

/** What an answer tells of the gateway's time. */
export interface ClockReading {
  /** The `Date` header. */
  readonly date: string | undefined;
  /** Local milliseconds around the exchange. */
  readonly sentAt: number;
  readonly receivedAt: number;
  /** Whether the answer has an `Age` header: a cache in between kept it. */
  readonly isCached: boolean;
}

export interface GatewayClock {
  /** Milliseconds by the gateway's clock, as far as known. */
  now(): number;
  /** Gateway minus local, in milliseconds. 0 until two answers agreed on a difference of more than 30 s. */
  readonly offsetMs: number;
  /** Whether the gateway's time has been told since the start or the last `forget`. */
  readonly isKnown: boolean;
  /** A difference of more than 30 s to what is believed, told by the latest answer alone; `null` without one. */
  readonly suspectedOffsetMs: number | null;
  /** How many answers have confirmed what is believed. */
  readonly confirmations: number;
  /** Our own clock jumped: the offset is kept until an answer tells better. */
  forget(): void;
  /** Learns from an answer that was recognised as the gateway's own. */
  observe(reading: ClockReading): void;
}

/**
 * The upstream refuses timestamps five minutes off, so calls are signed by its clock, read off its answers. A time that moves the
 * clock by more than 30 s is believed when a second answer agrees: one wrong `Date` must not send a reservation early or late.
 */
export function createGatewayClock(localNow: () => number): GatewayClock {
  let offsetMs = 0;
  let isKnown = false;
  let suspectedOffsetMs: number | null = null;
  let confirmations = 0;
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
    forget() {
      isKnown = false;
      // Measured by our clock as it was before it jumped.
      suspectedOffsetMs = null;
    },
    observe({ date, sentAt, receivedAt, isCached }) {
      const told = date === undefined ? Number.NaN : readHttpDate(date);
      if (Number.isNaN(told) || isCached || receivedAt - sentAt > trustedRoundTripMs) return;
      // The header counts whole seconds: half a second on average is missing.
      const measured = told + 500 - (sentAt + receivedAt) / 2;
      const isMove = Math.abs(measured - offsetMs) > noticeableMs && Math.abs(measured) <= maxOffsetMs;
      const isConfirmed = suspectedOffsetMs !== null && Math.abs(measured - suspectedOffsetMs) <= agreementMs;
      if (isMove && !isConfirmed) {
        suspectedOffsetMs = measured;
        return;
      }
      if (isMove) offsetMs = Math.abs(measured) <= noticeableMs ? 0 : Math.round(measured);
      suspectedOffsetMs = null;
      isKnown = true;
      confirmations += 1;
    },
  };
}

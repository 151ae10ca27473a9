const maxOffsetMs = 26 * 3_600_000;
const trustedRoundTripMs = 5_000;
const noticeableMs = 30_000;

export interface GatewayClock {
  /** Milliseconds by the gateway's clock, as far as known. */
  now(): number;
  /** Gateway minus local, in milliseconds. 0 until an answer showed a difference of more than 30 s. */
  readonly offsetMs: number;
  /** Whether any answer has told the gateway's time since the start or the last `forget`. */
  readonly isKnown: boolean;
  /** Our own clock jumped: the offset is kept until an answer tells better. */
  forget(): void;
  /** Learns from the `Date` header of an answer; `cached` when the answer has an `Age` header. */
  observe(dateHeader: string | undefined, sentAt: number, receivedAt: number, cached: boolean): void;
}

/** The upstream refuses timestamps five minutes off, so calls are signed by its clock, read off its answers. */
export function createGatewayClock(localNow: () => number): GatewayClock {
  let offsetMs = 0;
  let isKnown = false;
  return {
    now: () => localNow() + offsetMs,
    get offsetMs() {
      return offsetMs;
    },
    get isKnown() {
      return isKnown;
    },
    forget() {
      isKnown = false;
    },
    observe(dateHeader, sentAt, receivedAt, cached) {
      const date = dateHeader === undefined ? Number.NaN : Date.parse(dateHeader);
      if (Number.isNaN(date) || cached || receivedAt - sentAt > trustedRoundTripMs) return;
      // The header counts whole seconds: half a second on average is missing.
      isKnown = true;
      const measured = date + 500 - (sentAt + receivedAt) / 2;
      if (Math.abs(measured) > maxOffsetMs || Math.abs(measured - offsetMs) <= noticeableMs) return;
      offsetMs = Math.abs(measured) <= noticeableMs ? 0 : Math.round(measured);
    },
  };
}

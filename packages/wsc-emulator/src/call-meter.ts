const minuteMs = 60_000;

/** Counts calls over the last minute, to enforce the gateway's rate limit. */
export class CallMeter {
  /** Arrival times of the calls of the last minute, oldest first. */
  #calls: number[] = [];

  /** Counts a call at `now` (milliseconds) and returns null; at the limit (0: none) returns how long to wait instead. */
  admit(now: number, callsPerMinute: number): { waitMs: number } | null {
    this.#calls = this.#calls.filter((at) => at > now - minuteMs);
    const blocking = callsPerMinute === 0 ? undefined : this.#calls.at(-callsPerMinute);
    // A refused call does not count, so that waiting that long always suffices.
    if (blocking !== undefined) return { waitMs: blocking + minuteMs - now };
    this.#calls.push(now);
    return null;
  }

  clear(): void {
    this.#calls = [];
  }
}

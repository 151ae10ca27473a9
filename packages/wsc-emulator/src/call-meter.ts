const minuteMs = 60_000;

/** Counts calls over the last minute, for a gateway that lets through only so many. */
export class CallMeter {
  /** When each call of the last minute arrived, oldest first. */
  #calls: number[] = [];

  /** Counts a call that comes at `now` (milliseconds) or, over the limit (0: none), answers how long to wait. */
  admit(now: number, callsPerMinute: number): { waitMs: number } | null {
    this.#calls = this.#calls.filter((at) => at > now - minuteMs);
    const blocking = callsPerMinute === 0 ? undefined : this.#calls.at(-callsPerMinute);
    // A refused call does not count: waiting as told always helps.
    if (blocking !== undefined) return { waitMs: blocking + minuteMs - now };
    this.#calls.push(now);
    return null;
  }

  clear(): void {
    this.#calls = [];
  }
}

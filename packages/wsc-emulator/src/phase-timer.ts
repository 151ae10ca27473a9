import { setTimeout as delay } from "node:timers/promises";
import type { SettingsStore } from "./settings.ts";

/** Minimum duration per phase, in multiples of `paceMs`. Speeds "2" and "3" divide URL collection and diagnosis. */
export const phaseShares = { waiting: 1, crawling: 2, betweenPhases: 0.5, scanning: 6, stopping: 0.5 } as const;

/** Gives a phase a minimum duration, so that people and tests can see it. Uses real time, not the gateway's clock. */
export class PhaseTimer {
  readonly #startedAt = performance.now();
  readonly #settings: SettingsStore;
  readonly #share: number;

  constructor(settings: SettingsStore, share: number) {
    this.#settings = settings;
    this.#share = share;
  }

  /** Returns the elapsed share of the minimum duration, 0 to 1. */
  elapsedShare(): number {
    const minMs = this.#settings.values.paceMs * this.#share;
    return minMs <= 0 ? 1 : Math.min(1, (performance.now() - this.#startedAt) / minMs);
  }

  /** Resolves when the minimum duration is over, even if a setting shortens it meanwhile, or when `signal` aborts. */
  async over(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && this.elapsedShare() < 1) {
      const leftMs = this.#settings.values.paceMs * this.#share * (1 - this.elapsedShare());
      const woken = AbortSignal.any([signal, this.#settings.changed]);
      await delay(Math.ceil(leftMs), undefined, { signal: woken }).catch(() => undefined);
    }
  }
}

import { setTimeout as delay } from "node:timers/promises";
import type { SettingsStore } from "./settings.ts";

/** How many times `paceMs` a phase lasts at least. Speed "2" and "3" divide URL collection and diagnosis. */
export const phaseShares = { waiting: 1, crawling: 2, betweenPhases: 0.5, scanning: 6, stopping: 0.5 } as const;

/** Gives a phase a least duration, so that people and tests can see it. Runs on real time, whatever the gateway's clock. */
export class PhaseTimer {
  readonly #startedAt = performance.now();
  readonly #settings: SettingsStore;
  readonly #share: number;

  constructor(settings: SettingsStore, share: number) {
    this.#settings = settings;
    this.#share = share;
  }

  /** How much of the least duration is over, 0 to 1. */
  elapsedShare(): number {
    const minMs = this.#settings.values.paceMs * this.#share;
    return minMs <= 0 ? 1 : Math.min(1, (performance.now() - this.#startedAt) / minMs);
  }

  /** Resolves when the least duration is over, also when a setting made it shorter meanwhile, or when `signal` aborts. */
  async over(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && this.elapsedShare() < 1) {
      const leftMs = this.#settings.values.paceMs * this.#share * (1 - this.elapsedShare());
      const woken = AbortSignal.any([signal, this.#settings.changed]);
      await delay(Math.ceil(leftMs), undefined, { signal: woken }).catch(() => undefined);
    }
  }
}

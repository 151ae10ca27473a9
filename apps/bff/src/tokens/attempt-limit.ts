import { LRUCache } from "lru-cache";

interface AttemptLimitOptions {
  /** Attempts of an address that may fail one after the other. */
  readonly burst: number;
  /** How soon one more may, in milliseconds. */
  readonly refillMs: number;
  /** Addresses counted apart; the one that was quiet for longest is forgotten first. */
  readonly maxAddresses: number;
  readonly now: () => number;
}

/** Limits attempts that fail, by address. One is taken before its outcome is known, and given back when it was good. */
export function createAttemptLimit({ burst, refillMs, maxAddresses, now }: AttemptLimitOptions) {
  const buckets = new LRUCache<string, { readonly left: number; readonly at: number }>({ max: maxAddresses });
  const leftOf = (address: string): number => {
    const bucket = buckets.get(address);
    return bucket === undefined ? burst : Math.min(burst, bucket.left + Math.max(0, now() - bucket.at) / refillMs);
  };
  return {
    /** `null` when the attempt may be made; else in how many seconds. */
    take(address: string): number | null {
      const left = leftOf(address);
      if (left < 1) return Math.ceil(((1 - left) * refillMs) / 1000);
      buckets.set(address, { left: left - 1, at: now() });
      return null;
    },
    giveBack(address: string): void {
      buckets.set(address, { left: Math.min(burst, leftOf(address) + 1), at: now() });
    },
  };
}

import { LRUCache } from "lru-cache";

interface AttemptLimitOptions {
  /** Number of attempts of an address that may fail in succession. */
  readonly burst: number;
  /** Time after which one more attempt is allowed, in milliseconds. */
  readonly refillMs: number;
  /** Maximum number of tracked addresses; the least recently active is evicted first. */
  readonly maxAddresses: number;
  readonly now: () => number;
}

/** Token bucket per address for failed attempts. An attempt is taken before its result is known, and returned on success. */
export function createAttemptLimit({ burst, refillMs, maxAddresses, now }: AttemptLimitOptions) {
  const buckets = new LRUCache<string, { readonly left: number; readonly at: number }>({ max: maxAddresses });
  const leftOf = (address: string): number => {
    const bucket = buckets.get(address);
    return bucket === undefined ? burst : Math.min(burst, bucket.left + Math.max(0, now() - bucket.at) / refillMs);
  };
  return {
    /** Takes an attempt. Returns `null` if it is allowed, else the seconds to wait. */
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

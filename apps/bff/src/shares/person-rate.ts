import { WscError } from "@wsc-dashboard/wsc-core";
import { LRUCache } from "lru-cache";

export interface RateLimits {
  /** What a person may do at once after a pause (size of the token bucket). */
  readonly burst: number;
  readonly perSecond: number;
}

const maxPeople = 10_000;

interface Bucket {
  tokens: number;
  filledAt: number;
}

/**
 * A rate limit per person (token bucket). The returned function throws OWN_CALLS_EXHAUSTED with the seconds to wait. `now` is
 * monotonic, in milliseconds.
 */
export function createPersonRate(
  { burst, perSecond }: RateLimits,
  purpose: string,
  now: () => number = () => performance.now(),
): (personId: string) => void {
  // `max` would take the memory of all entries at once; a maximum of the sizes lets it grow.
  const buckets = new LRUCache<string, Bucket>({ maxSize: maxPeople, sizeCalculation: () => 1 });
  return (personId) => {
    const at = now();
    const bucket = buckets.get(personId) ?? { tokens: burst, filledAt: at };
    bucket.tokens = Math.min(burst, bucket.tokens + ((at - bucket.filledAt) / 1000) * perSecond);
    bucket.filledAt = at;
    buckets.set(personId, bucket);
    if (bucket.tokens < 1) {
      const retryAfter = Math.ceil((1 - bucket.tokens) / perSecond);
      throw new WscError("OWN_CALLS_EXHAUSTED", `${purpose}: this person's share is used up`, { retryAfter });
    }
    bucket.tokens -= 1;
  };
}

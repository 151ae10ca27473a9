import { WscError } from "@wsc-dashboard/wsc-core";
import type { UpstreamClient } from "@wsc-dashboard/wsc-core/node";
import { upstreamOperations } from "@wsc-dashboard/wsc-core/upstream";
import { LRUCache } from "lru-cache";
import { currentPerson } from "../shares/current-person.ts";

export interface ReadShare {
  /** Upstream reads that a person may cause at once after a pause (size of the token bucket). */
  readonly burst: number;
  readonly perSecond: number;
}

/** What one person causes in a second takes at most a third of the capacity of the four connections for lists and reports. */
const defaultShare: ReadShare = { burst: 300, perSecond: 5 };
const maxPeople = 10_000;

interface Bucket {
  tokens: number;
  filledAt: number;
}

/**
 * Rate-limits upstream reads per person (token bucket): beyond their share callers get OWN_CALLS_EXHAUSTED, or a cached value.
 * Calls of the dashboard itself, urgent calls on which a paid call depends, and calls that change something are not counted.
 * `now` is monotonic, in milliseconds.
 */
export function shareReads(
  client: UpstreamClient,
  { burst, perSecond }: ReadShare = defaultShare,
  now: () => number = () => performance.now(),
): UpstreamClient {
  const buckets = new LRUCache<string, Bucket>({ max: maxPeople });

  function take(personId: string): void {
    const at = now();
    const bucket = buckets.get(personId) ?? { tokens: burst, filledAt: at };
    bucket.tokens = Math.min(burst, bucket.tokens + ((at - bucket.filledAt) / 1000) * perSecond);
    bucket.filledAt = at;
    buckets.set(personId, bucket);
    if (bucket.tokens < 1) {
      const retryAfter = Math.ceil((1 - bucket.tokens) / perSecond);
      throw new WscError("OWN_CALLS_EXHAUSTED", "reads of the upstream: this person's share is used up", {
        retryAfter,
      });
    }
    bucket.tokens -= 1;
  }

  return {
    ...client,
    async call(request, options = {}) {
      const person = currentPerson();
      const isRead = upstreamOperations[request.operation].kind === "read";
      if (person !== undefined && isRead && options.isUrgent !== true) take(person);
      return client.call(request, options);
    },
  };
}

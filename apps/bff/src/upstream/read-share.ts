import type { UpstreamClient } from "@wsc-dashboard/wsc-core/node";
import { upstreamOperations } from "@wsc-dashboard/wsc-core/upstream";
import { currentPerson } from "../shares/current-person.ts";
import { createPersonRate, type RateLimits } from "../shares/person-rate.ts";

export type ReadShare = RateLimits;

/** What one person causes in a second takes at most a third of the capacity of the four connections for lists and reports. */
const defaultShare: ReadShare = { burst: 300, perSecond: 5 };

/**
 * Rate-limits upstream reads per person (token bucket): beyond their share callers get OWN_CALLS_EXHAUSTED, or a cached value.
 * Calls of the dashboard itself, urgent calls on which a paid call depends, and calls that change something are not counted.
 * `now` is monotonic, in milliseconds.
 */
export function shareReads(
  client: UpstreamClient,
  share: ReadShare = defaultShare,
  now?: () => number,
): UpstreamClient {
  const take = createPersonRate(share, "reads of the upstream", now);

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

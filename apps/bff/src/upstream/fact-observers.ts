import type { FactSource, GatewayFact } from "@wsc-dashboard/wsc-core";
import type { GatewayClock } from "@wsc-dashboard/wsc-core/node";
import { observePage } from "@wsc-dashboard/wsc-core/upstream";
import type { JobDirectoryOptions } from "./job-directory.ts";

export interface FactObserversParts {
  readonly clock: GatewayClock;
  /** Records what a response has shown; never throws. */
  readonly observe: (facts: readonly GatewayFact[], source: FactSource) => void;
}

/** Observes facts of the gateway in responses that are read anyway. */
export function createFactObservers({ clock, observe }: FactObserversParts): {
  readonly onPage: NonNullable<JobDirectoryOptions["onPage"]>;
  readonly onReport: (facts: readonly GatewayFact[]) => void;
} {
  return {
    onPage(args, page, { payload, envelope }) {
      const { limit, statusCode, searchBy } = args;
      const shown = { page, payload, envelope, limit, statusCode, now: new Date(clock.now()) };
      observe(observePage(shown, args), searchBy === null && statusCode === null ? "list" : "search");
    },
    onReport: (facts) => observe(facts, "report"),
  };
}

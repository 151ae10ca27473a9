import { type BffApi, type Handlers, WscError } from "@wsc-dashboard/wsc-core";
import type { CallContext } from "../calls/call-context.ts";
import type { JobRules } from "../job-requests/job-rules.ts";
import type { TargetOverview } from "../reports/target-overview.ts";
import type { Ownership } from "../targets/ownership.ts";
import { checkTarget } from "../targets/target-checker.ts";
import type { TargetFetcher } from "../targets/target-fetcher.ts";

export interface TargetHandlerParts {
  readonly overview: TargetOverview;
  readonly fetcher: TargetFetcher;
  readonly ownership: Ownership;
  readonly rules: JobRules;
  readonly now: () => number;
}

/** Calls to targets at a time, for everybody together. */
const maxCalls = 4;

export function targetHandlers({
  overview,
  fetcher,
  ownership,
  rules,
  now,
}: TargetHandlerParts): Handlers<BffApi, CallContext>["targets"] {
  let calls = 0;

  async function limited<T>(work: () => Promise<T>): Promise<T> {
    if (calls >= maxCalls) throw new WscError("SERVER_BUSY", "too many calls to targets at a time");
    calls += 1;
    try {
      return await work();
    } finally {
      calls -= 1;
    }
  }

  return {
    list: () => overview.view(),
    check: async ({ body }) => {
      rules.checkTarget(body);
      rules.checkOwnCall(body.startUrl, "/startUrl");
      return limited(() => checkTarget(fetcher, body.startUrl, body.signIn));
    },
    ownership: async ({ body }) => {
      rules.checkOwnCall(body.startUrl, "/startUrl");
      return limited(() => ownership.verify(body.startUrl, now()));
    },
  };
}

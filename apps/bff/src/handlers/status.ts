import { type BffApi, callKinds, type Handlers, permissionsOf } from "@wsc-dashboard/wsc-core";
import type { GatewayClock, UpstreamClient } from "@wsc-dashboard/wsc-core/node";
import type { CallContext } from "../calls/call-context.ts";
import type { Config } from "../config/config.ts";
import type { Dispatcher } from "../dispatch/dispatcher.ts";
import type { Outbox } from "../outbox/outbox.ts";
import type { DatabaseStatus } from "../status/database-status.ts";
import { testConnection } from "../upstream/connection-test.ts";
import type { JobDirectory } from "../upstream/job-directory.ts";
import type { UpstreamHealthMonitor } from "../upstream/upstream-health.ts";

export interface StatusHandlerParts {
  readonly config: Config;
  readonly accessKeyEnd: () => string | null;
  readonly version: string;
  readonly clock: GatewayClock;
  readonly watch: UpstreamHealthMonitor;
  readonly breakers: UpstreamClient["breakers"];
  readonly directory: JobDirectory;
  readonly database: DatabaseStatus;
  readonly outbox: Pick<Outbox, "budgetUse">;
  readonly dispatcher: Pick<Dispatcher, "health">;
  readonly now: () => number;
}

const instantOf = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

function pausedKinds(breakers: ReturnType<UpstreamClient["breakers"]>) {
  return callKinds.flatMap((kind) => {
    const { state, code, retryAt } = breakers[kind];
    return state !== "open" || code === null || retryAt === null
      ? []
      : [{ kind, code, retryAt: new Date(retryAt).toISOString() }];
  });
}

export function statusHandlers(parts: StatusHandlerParts): Handlers<BffApi, CallContext>["status"] {
  const { config, accessKeyEnd, version, clock, watch, breakers, directory, database, outbox, dispatcher, now } = parts;
  const { environment, origin } = config.upstream;

  return {
    get: async (_input, { user }) => {
      const { lastSuccessAt, failure } = watch.health();
      const { lastRoundAt, failure: dispatcherFailure } = dispatcher.health();
      const mayTest = permissionsOf(user.roles).includes("status.test");
      return {
        upstream: {
          environment,
          origin,
          accessKeyEnd: mayTest ? accessKeyEnd() : null,
          clockSkewMs: clock.isKnown ? clock.offsetMs : null,
          lastSuccessAt: instantOf(lastSuccessAt),
          paused: pausedKinds(breakers()),
          failure: failure === null ? null : { code: failure.code, at: new Date(failure.at).toISOString() },
        },
        store: await database.health(),
        dispatcher: { lastRoundAt: instantOf(lastRoundAt), failure: dispatcherFailure },
        budget: await outbox.budgetUse(user.id, clock.now()),
        submissions: await database.submissions(),
        schedules: await database.schedules(),
        version,
        asOf: new Date(now()).toISOString(),
      };
    },
    settings: async () => ({ settings: [...config.settings] }),
    test: () => testConnection(directory, clock),
  };
}

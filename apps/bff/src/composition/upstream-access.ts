import { createGatewayClock, createSignedTransport, createUpstreamClient } from "@wsc-dashboard/wsc-core/node";
import { createFactRegister } from "../gateway-facts/fact-register.ts";
import { createOrderedJobs } from "../outbox/ordered-jobs.ts";
import { createReportReader } from "../reports/report-reader.ts";
import { createReportThread } from "../reports/report-thread.ts";
import { createDatabaseStatus } from "../status/database-status.ts";
import { createMetrics } from "../status/metrics.ts";
import { createJobSummaries } from "../summaries/job-summaries.ts";
import { createFactObservers } from "../upstream/fact-observers.ts";
import { createJobDirectory } from "../upstream/job-directory.ts";
import { shareReads } from "../upstream/read-share.ts";
import { createUpstreamHealth } from "../upstream/upstream-health.ts";
import { createUpstreamKeys } from "../upstream/upstream-keys.ts";
import type { AppParts } from "./app-parts.ts";

export type UpstreamAccess = ReturnType<typeof createUpstreamAccess>;

/** All access to the upstream, and its metrics. */
export function createUpstreamAccess({ config, logger, database, ring, version, now, tracing }: AppParts) {
  const { upstream, timeZone, listPollMs } = config;
  const clock = createGatewayClock(now);
  const watch = createUpstreamHealth(now);
  const databaseStatus = createDatabaseStatus(database, ring);
  const metrics = createMetrics(databaseStatus, clock, version);
  const keys = createUpstreamKeys(upstream);
  const { origin, timeoutMs } = upstream;
  const client = createUpstreamClient({
    transport: createSignedTransport({ origin, sign: keys.sign, clock, timeoutMs, localNow: now }),
    clock,
    localNow: now,
    deadlineMs: timeoutMs,
    onExchange: (exchange) => {
      watch.observe(exchange);
      metrics.observe(exchange);
      tracing?.recordUpstream(exchange);
      const { code: upstreamCode, traceId: upstreamTraceId, ...event } = exchange;
      logger.debug({ ...event, upstreamCode, upstreamTraceId }, "upstream");
    },
  });
  metrics.watchBreakers(client.breakers);
  const facts = createFactRegister({ database, logger, now: () => clock.now() });
  const observers = createFactObservers({ clock, observe: facts.observe });
  const shared = shareReads(client);
  const summaries = createJobSummaries(database);
  const directory = createJobDirectory({
    ...{ client: shared, zone: timeZone, ttlMs: listPollMs, now },
    tokenOf: createOrderedJobs(database).tokenOf,
    isListed: summaries.has,
    hasReport: (instanceNo) => reports.hasReport(instanceNo),
    onPage: observers.onPage,
    isClockDoubted: () => clock.suspectedOffsetMs !== null,
  });
  const reportThread = createReportThread();
  const reports = createReportReader({
    ...{ client: shared, directory, thread: reportThread, zone: timeZone, now },
    onFacts: observers.onReport,
  });
  return { clock, watch, databaseStatus, metrics, keys, client, facts, directory, reports, reportThread };
}

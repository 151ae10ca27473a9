import { bffApi, WscError } from "@wsc-dashboard/wsc-core";
import express, { type Express } from "express";
import { recordStart } from "./audit/record-start.ts";
import { createApiHandlers } from "./composition/api-handlers.ts";
import type { AppParts } from "./composition/app-parts.ts";
import { createCounting } from "./composition/counting.ts";
import { createIdentityAccess } from "./composition/identity-access.ts";
import { createNotifying } from "./composition/notifying.ts";
import { createOrdering } from "./composition/ordering.ts";
import { openRecords } from "./composition/records.ts";
import { createServices, type Service } from "./composition/services.ts";
import { createUpstreamAccess } from "./composition/upstream-access.ts";
import type { ConfigResult } from "./config/config.ts";
import { isWritable } from "./database/open-database.ts";
import { bindHandlers } from "./http/bind-handlers.ts";
import { errorResponse } from "./http/error-response.ts";
import { healthRoutes, type Readiness } from "./http/health-routes.ts";
import { jsonBody } from "./http/json-body.ts";
import { outsideApi } from "./http/outside-api.ts";
import { policyReports } from "./http/policy-reports.ts";
import { requestContext } from "./http/request-context.ts";
import { hostGuard } from "./http/request-guard.ts";
import { securityHeaders } from "./http/security-headers.ts";
import { sequence } from "./http/sequence.ts";
import { serveWeb } from "./http/serve-web.ts";
import { createProxyCheck } from "./identity/header.ts";
import { readLastBackup } from "./status/last-backup.ts";
import type { Metrics } from "./status/metrics.ts";
import { createRepeater } from "./timers/repeater.ts";
import { withinTime } from "./timers/within-time.ts";
import { createTargetScope } from "./tokens/target-scope.ts";

const sweepMs = 3_600_000;
const boundLogMs = 60_000;
/** Time limit of the readiness check of the audit log, in milliseconds. */
const auditProbeMs = 2_000;

export interface App {
  readonly express: Express;
  readonly metrics: Metrics;
  /** Replaces secrets without a restart, after checking them. `read` reads all settings again. */
  rotate(read: () => ConfigResult): Promise<void>;
  /** Makes `/readyz` fail, so that load balancers send no new requests; everything else continues. */
  announceStop(): void;
  /** Also makes `/readyz` fail; resolves when no paid call is in progress. */
  close(): Promise<void>;
}

/** Creates the server; middleware is registered in the order in which a request passes it. */
export async function createApp(
  given: Omit<AppParts, "now" | "tracing"> & Partial<Pick<AppParts, "now" | "tracing">>,
): Promise<App> {
  const parts: AppParts = { now: Date.now, tracing: null, ...given };
  const { config, logger, database, webDirectory, version, now } = parts;
  const access = createUpstreamAccess(parts);
  const records = await openRecords(parts, access);
  const ordering = createOrdering(parts, access, records);
  const counting = createCounting(parts, access, records, ordering);
  const notifying = createNotifying(parts, access, records);
  const { identity, ...guards } = createIdentityAccess(parts, records, access);
  const handlers = createApiHandlers({ parts, access, records, ordering, counting, notifying, identity });
  const scope = createTargetScope({ directory: access.directory, database });
  let isClosing = false;
  const isHttps = config.publicOrigin?.startsWith("https:") ?? false;

  /** When it is not "ok", reads may still work, but no paid or changing calls. */
  async function readiness(): Promise<Readiness> {
    if (isClosing) return "closing";
    if (!(await isWritable(database))) return "store";
    return (await withinTime(records.canKeepEntries(access.clock.now()), auditProbeMs, false)) ? "ok" : "audit";
  }

  const app = express();
  for (const name of ["x-powered-by", "etag"]) app.disable(name);
  for (const name of ["case sensitive routing", "strict routing"]) app.set(name, true);
  app.set("query parser", "simple");
  const isTrusted = createProxyCheck(config.trustedProxies);
  app.use(
    sequence(
      requestContext({ logger, onEnd: access.metrics.observeRequest, isTrusted, tracing: parts.tracing }),
      securityHeaders(isHttps),
      outsideApi(healthRoutes(readiness)),
      hostGuard({ publicOrigin: config.publicOrigin }),
      outsideApi(sequence(policyReports(now), guards.routes, serveWeb(webDirectory, isHttps))),
      guards.requestGuard,
      guards.identityGuard,
      jsonBody,
      bindHandlers(bffApi, handlers, { ...records, scope }),
    ),
  );
  app.use(() => {
    throw new WscError("ROUTE_NOT_FOUND");
  });
  app.use(errorResponse);

  const { drafts, changes, anchor, denials, extensions, refusals, rotation, seals } = records;
  const sweep = async (): Promise<void> => {
    await drafts.sweep(now());
    await records.tokens.sweep(now());
    await records.idempotency.forgetOld(database.db, now());
    await notifying.sweep(now());
    await ordering.tokens.forgetOld(now());
    await guards.forgetEndedSessions(now());
    await counting.verdicts.noteEnded(access.clock.now());
    await counting.verdicts.forgetUnreadable(access.clock.now());
  };
  access.metrics.watch({
    dayBudget: () => ordering.outbox.dayBudget(access.clock.now()),
    followers: changes.count,
    chain: records.chainCheck.latest,
    lastBackupAt: () => readLastBackup(config.dataDirectory),
  });
  const bounding = createRepeater(async () => database.boundLog(), boundLogMs);
  const sweeping = createRepeater(sweep, sweepMs, (err) => logger.warn({ err }, "old rows could not be swept away"));
  const nothing = (): void => {};
  const services = createServices([
    // Closed after the client, which aborts its call.
    counting.reading,
    { start: nothing, close: () => access.client.close() },
    { start: nothing, close: access.facts.close },
    { start: nothing, close: access.reportThread.close },
    anchor,
    records.chainCheck,
    { start: seals.look, close: seals.close },
    { start: nothing, close: rotation.close },
    refusals,
    denials,
    extensions,
    { start: () => sweep().then(sweeping.start), close: sweeping.stop },
    { start: bounding.start, close: bounding.stop },
    notifying.sender,
    ordering.dispatcher,
    { start: nothing, close: changes.close },
  ] satisfies readonly Service[]);
  await recordStart(records.journal, config.settings, version);
  await services.start();
  const announceStop = (): void => {
    isClosing = true;
  };
  const close = (): Promise<void> => {
    announceStop();
    return services.close();
  };
  return { express: app, metrics: access.metrics, rotate: rotation.rotate, announceStop, close };
}

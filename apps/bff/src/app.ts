import { randomUUID } from "node:crypto";
import { type BffApi, bffApi, type Handlers, WscError } from "@wsc-dashboard/wsc-core";
import { createGatewayClock, createSignedTransport, createUpstreamClient } from "@wsc-dashboard/wsc-core/node";
import express, { type Express, Router } from "express";
import { createAuditAnchor } from "./audit/audit-anchor.ts";
import { openAuditChain } from "./audit/audit-chain.ts";
import { createAuditJournal } from "./audit/audit-journal.ts";
import { createAuditLog } from "./audit/audit-log.ts";
import { createAuditProbe } from "./audit/audit-probe.ts";
import { createChainCheck } from "./audit/chain-check.ts";
import { createChangeFeed } from "./audit/change-feed.ts";
import { noteStart } from "./audit/note-start.ts";
import { createRefusalTally } from "./audit/refusal-tally.ts";
import { createSignInLog } from "./audit/sign-in-log.ts";
import type { Config, ConfigResult } from "./config/config.ts";
import { createDispatch } from "./dispatch/create-dispatch.ts";
import { createDraftStore } from "./drafts/draft-store.ts";
import { auditHandlers } from "./handlers/audit.ts";
import { compareHandlers } from "./handlers/compare.ts";
import { draftHandlers } from "./handlers/drafts.ts";
import { eventHandlers } from "./handlers/events.ts";
import { createJobSettings } from "./handlers/job-settings.ts";
import { jobHandlers } from "./handlers/jobs.ts";
import { openApiHandlers } from "./handlers/open-api.ts";
import { reportHandlers } from "./handlers/reports.ts";
import { scheduleHandlers } from "./handlers/schedules.ts";
import { sessionHandlers } from "./handlers/sessions.ts";
import { statusHandlers } from "./handlers/status.ts";
import { submissionHandlers } from "./handlers/submissions.ts";
import { targetHandlers } from "./handlers/targets.ts";
import { authRoutes } from "./http/auth-routes.ts";
import { type AnswerKeeper, bindHandlers, type CallContext } from "./http/bind-handlers.ts";
import { errorResponse } from "./http/error-response.ts";
import { identityGuard } from "./http/identity-guard.ts";
import { jsonBody } from "./http/json-body.ts";
import { policyReports } from "./http/policy-reports.ts";
import { requestContext } from "./http/request-context.ts";
import { hostGuard, requestGuard } from "./http/request-guard.ts";
import { securityHeaders } from "./http/security-headers.ts";
import { serveWeb } from "./http/serve-web.ts";
import { createIdentity } from "./identity/create-identity.ts";
import type { Identity } from "./identity/identity.ts";
import { createOidcIdentity } from "./identity/oidc.ts";
import { createProvider } from "./identity/provider.ts";
import { createSessionStore } from "./identity/session-store.ts";
import { createMemoTokens } from "./intake/memo-tokens.ts";
import { createSubmissionIntake } from "./intake/submission-intake.ts";
import { createJobRules } from "./job-requests/job-rules.ts";
import type { Logger } from "./log/logger.ts";
import { createCredentialVault } from "./outbox/credential-vault.ts";
import { createOrderedJobs } from "./outbox/ordered-jobs.ts";
import { createOutbox } from "./outbox/outbox.ts";
import { createRescanRecords } from "./outbox/rescan-records.ts";
import { createClosingReports } from "./reports/closing-reports.ts";
import { createExportLog } from "./reports/export-log.ts";
import { createTargetOverview } from "./reports/target-overview.ts";
import { createSealUpkeep } from "./rotation/seal-upkeep.ts";
import { createSecretRotation } from "./rotation/secret-rotation.ts";
import { createSchedules } from "./schedules/schedules.ts";
import { createMetrics, type Metrics } from "./status/metrics.ts";
import { createStoreStatus } from "./status/store-status.ts";
import { createIdempotency } from "./store/idempotency.ts";
import type { RotatingKeyRing } from "./store/keys.ts";
import { openNamedKey } from "./store/named-keys.ts";
import { isWritable, type OpenStore } from "./store/open-store.ts";
import { storeGuard } from "./store/store-guard.ts";
import type { Lookup } from "./targets/open-connection.ts";
import { createOwnership } from "./targets/ownership.ts";
import { createTargetFetcher } from "./targets/target-fetcher.ts";
import { createExchangeWatch } from "./upstream/exchange-watch.ts";
import { createJobDirectory } from "./upstream/job-directory.ts";
import { createReportReader } from "./upstream/report-reader.ts";
import { createUpstreamKeys, tryKeys } from "./upstream/upstream-keys.ts";

const sweepMs = 3_600_000;

export interface AppParts {
  readonly config: Config;
  readonly logger: Logger;
  readonly store: OpenStore;
  readonly ring: RotatingKeyRing;
  /** Directory of the built web. */
  readonly webDirectory: string;
  readonly version: string;
  readonly now?: () => number;
  /** How names of targets are resolved; the system's way when not given. */
  readonly lookup?: Lookup;
}

export interface App {
  readonly express: Express;
  readonly metrics: Metrics;
  /** Takes other keys without a restart, once they have proven good. `read`: reads all settings again. */
  rotate(read: () => ConfigResult): Promise<void>;
  /** From now on not ready; resolves when no paid call is under way. */
  close(): Promise<void>;
}

/** The whole server in the order a request meets it. */
export async function createApp({
  config,
  logger,
  store,
  ring,
  webDirectory,
  version,
  now = Date.now,
  lookup,
}: AppParts): Promise<App> {
  const { upstream, publicOrigin } = config;
  const clock = createGatewayClock(now);
  const watch = createExchangeWatch(now);
  const storeStatus = createStoreStatus(store, ring);
  const metrics = createMetrics(storeStatus, clock, version);
  const keys = createUpstreamKeys(upstream);
  const client = createUpstreamClient({
    transport: createSignedTransport({
      origin: upstream.origin,
      sign: keys.sign,
      clock,
      timeoutMs: upstream.timeoutMs,
      localNow: now,
    }),
    clock,
    localNow: now,
    deadlineMs: upstream.timeoutMs,
    onExchange: (exchange) => {
      watch.observe(exchange);
      metrics.observe(exchange);
      const { durationMs, code, ...event } = exchange;
      logger.debug({ ...event, upstreamCode: code, duration_ms: durationMs }, "upstream");
    },
  });
  const directory = createJobDirectory(client, config.timeZone, config.listPollMs, now);
  const reports = createReportReader(client, directory, config.timeZone, now);
  const { db } = store;
  const audit = await openAuditChain(db, ring);
  const journal = createAuditJournal({ store, chain: audit, logger, now: () => clock.now() });
  const anchor = createAuditAnchor(store, logger);
  const changes = createChangeFeed(store);
  const seals = createSealUpkeep({ store, ring, journal, logger });
  const rotation = createSecretRotation({
    config,
    store,
    ring,
    keys,
    tryKeys: (pair) => tryKeys(pair, { ...upstream, clock }),
    journal,
    logger,
    onRing: seals.look,
  });
  const idempotency = createIdempotency((await openNamedKey(db, ring, "idempotency")).bytes);
  const vault = createCredentialVault(store, ring);
  const timings = { ...config, upstreamTimeoutMs: upstream.timeoutMs };
  const budgets = { perDay: config.budgetPerDay, perUserHour: config.budgetPerUserHour, timeZone: config.timeZone };
  const outbox = createOutbox({ store, audit, timings, budgets, owner: randomUUID() });
  const schedules = createSchedules({ store, audit, ring, outbox });
  const orderedJobs = createOrderedJobs(store);
  const fetcher = createTargetFetcher({
    allowPrivate: config.allowPrivateTargets,
    ...(lookup === undefined ? {} : { lookup }),
  });
  const ownership = createOwnership(store, fetcher);
  const rules = createJobRules({ ...config, ownership, now });
  const tokens = createMemoTokens(store);
  const drafts = createDraftStore(store);
  const settings = createJobSettings({ orderedJobs, directory, reports });
  const dispatcher = createDispatch({
    outbox,
    vault,
    dueRuns: schedules,
    openScheduleSignIn: schedules.openSignIn,
    client,
    clock,
    directory,
    fetcher,
    timings,
    rules,
    logger,
    isSoleProcess: store.isSoleProcess,
  });
  const intake = createSubmissionIntake({
    store,
    outbox,
    vault,
    tokens,
    idempotency,
    dispatcher,
    now: () => clock.now(),
  });
  const guarded = storeGuard(store);
  const keeper: AnswerKeeper = {
    requestOf: idempotency.requestOf,
    take: (request) => guarded(() => idempotency.take(db, request, now())),
    keep: (request, answer) => guarded(() => idempotency.keep(db, request, answer)),
    release: (request) => guarded(() => idempotency.release(db, request)),
  };

  const ownRequests = requestGuard({
    publicOrigin,
    allowNonBrowser: "allowNonBrowser" in config.auth && config.auth.allowNonBrowser,
  });
  const refusals = createRefusalTally(journal, now);
  const isBehindProxy = config.auth.mode === "jwt" || config.auth.mode === "header";
  let identity: Identity;
  let signInRoutes = Router();
  if (config.auth.mode === "oidc") {
    const sessions = createSessionStore(store, ring, audit);
    const parts = { settings: config.auth, sessions, provider: createProvider(config.auth, now), now };
    const oidc = createOidcIdentity(parts);
    signInRoutes = authRoutes({ ...parts, identity: oidc, ring, refusals, requestGuard: ownRequests });
    identity = oidc;
  } else identity = createIdentity(config.auth, now);

  const handlers: Handlers<BffApi, CallContext> = {
    session: sessionHandlers(config, identity.signIn, version),
    jobs: jobHandlers({
      client,
      directory,
      intake,
      journal,
      rules,
      tokens,
      rescans: createRescanRecords(store),
      settings,
      upstreamOrigin: upstream.origin,
      now: () => clock.now(),
    }),
    reports: reportHandlers({
      reports,
      directory,
      closing: createClosingReports(directory, now),
      logExport: createExportLog(store, audit),
      zone: config.timeZone,
      version,
      now: () => clock.now(),
    }),
    compare: compareHandlers({ reports, directory, orderedJobs }),
    schedules: scheduleHandlers(schedules, rules, () => clock.now()),
    drafts: draftHandlers(drafts, now),
    submissions: submissionHandlers({
      outbox,
      vault,
      dispatcher,
      directory,
      settings,
      now: () => clock.now(),
    }),
    audit: auditHandlers(createAuditLog(store), createChainCheck({ store, ring, logger, now }), () => clock.now()),
    status: statusHandlers({
      config,
      accessKeyEnd: keys.accessKeyEnd,
      version,
      clock,
      watch,
      directory,
      store: storeStatus,
      outbox,
      dispatcher,
      now,
    }),
    openApi: openApiHandlers(version),
    events: eventHandlers(changes),
    targets: targetHandlers({
      overview: createTargetOverview(directory, reports, orderedJobs.rescanCounts, now),
      fetcher,
      ownership,
      rules,
      now,
    }),
  };

  let isClosing = false;
  const canKeepEntries = createAuditProbe(db, audit);
  /** Reading may well go on when it is not "ok", but nothing that is paid for or changes something. */
  async function readiness(): Promise<"ok" | "closing" | "store" | "audit"> {
    if (isClosing) return "closing";
    if (!(await isWritable(store))) return "store";
    return (await canKeepEntries(clock.now())) ? "ok" : "audit";
  }
  const https = publicOrigin?.startsWith("https:") ?? false;
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.set("case sensitive routing", true);
  app.set("strict routing", true);
  app.set("query parser", "simple");

  app.use(requestContext(logger));
  app.use(securityHeaders(https));
  app.get("/livez", (_request, response) => {
    response.json({ status: "ok" });
  });
  app.get("/readyz", async (_request, response) => {
    const status = await readiness();
    response.status(status === "ok" ? 200 : 503).json({ status });
  });
  app.use(hostGuard({ publicOrigin }));
  app.use(policyReports(now));
  app.use(signInRoutes);
  app.use(serveWeb(webDirectory, https));
  app.use(ownRequests);
  app.use(identityGuard({ identity, refusals, signIns: isBehindProxy ? createSignInLog(journal, now) : null }));
  app.use(jsonBody);
  app.use(bindHandlers(bffApi, handlers, { keeper, journal }));
  app.use(() => {
    throw new WscError("ROUTE_NOT_FOUND");
  });
  app.use(errorResponse);

  await idempotency.forgetOld(db, now());
  await noteStart(journal, config.settings, version);
  anchor.start();
  refusals.start();
  seals.look();
  await drafts.sweep(now());
  const sweeping = setInterval(() => {
    drafts.sweep(now()).catch((error: unknown) => logger.warn({ err: error }, "old drafts could not be swept away"));
  }, sweepMs);
  sweeping.unref();
  dispatcher.start();
  return {
    express: app,
    metrics,
    rotate: rotation.rotate,
    async close() {
      isClosing = true;
      clearInterval(sweeping);
      changes.close();
      await dispatcher.close();
      await refusals.close();
      await rotation.close();
      await seals.close();
      await anchor.close();
      client.close();
    },
  };
}

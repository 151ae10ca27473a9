import { randomUUID } from "node:crypto";
import { type BffApi, bffApi, type Handlers, WscError } from "@wsc-dashboard/wsc-core";
import { createGatewayClock, createSignedTransport, createUpstreamClient } from "@wsc-dashboard/wsc-core/node";
import express, { type Express, Router } from "express";
import { openAuditChain } from "./audit/audit-chain.ts";
import type { Config } from "./config/config.ts";
import { jobHandlers } from "./handlers/jobs.ts";
import { scheduleHandlers } from "./handlers/schedules.ts";
import { sessionHandlers } from "./handlers/sessions.ts";
import { submissionHandlers } from "./handlers/submissions.ts";
import { authRoutes } from "./http/auth-routes.ts";
import { type AnswerKeeper, bindHandlers, type CallContext } from "./http/bind-handlers.ts";
import { errorResponse } from "./http/error-response.ts";
import { identityGuard } from "./http/identity-guard.ts";
import { jsonBody } from "./http/json-body.ts";
import { requestContext } from "./http/request-context.ts";
import { hostGuard, requestGuard } from "./http/request-guard.ts";
import { securityHeaders } from "./http/security-headers.ts";
import { serveWeb } from "./http/serve-web.ts";
import { createIdentity } from "./identity/create-identity.ts";
import type { Identity } from "./identity/identity.ts";
import { createOidcIdentity } from "./identity/oidc.ts";
import { createProvider } from "./identity/provider.ts";
import { createSessionStore } from "./identity/session-store.ts";
import type { Logger } from "./log/logger.ts";
import { createScheduleStore } from "./schedules/schedule-store.ts";
import { createIdempotency } from "./store/idempotency.ts";
import type { KeyRing } from "./store/keys.ts";
import { openNamedKey } from "./store/named-keys.ts";
import { isWritable, type OpenStore } from "./store/open-store.ts";
import { storeGuard } from "./store/store-guard.ts";
import { createJobDispatcher } from "./submissions/job-dispatcher.ts";
import { createSignInVault } from "./submissions/sign-in-vault.ts";
import { createSubmissionDesk } from "./submissions/submission-desk.ts";
import { createSubmissionStore } from "./submissions/submission-store.ts";
import { createJobDirectory } from "./upstream/job-directory.ts";
import { createReportReader } from "./upstream/report-reader.ts";

export interface AppParts {
  readonly config: Config;
  readonly logger: Logger;
  readonly store: OpenStore;
  readonly ring: KeyRing;
  /** Directory of the built web. */
  readonly webDirectory: string;
  readonly version: string;
  readonly now?: () => number;
}

export interface App {
  readonly express: Express;
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
}: AppParts): Promise<App> {
  const { upstream, publicOrigin } = config;
  const clock = createGatewayClock(now);
  const client = createUpstreamClient({
    transport: createSignedTransport({
      origin: upstream.origin,
      credentials: upstream,
      clock,
      timeoutMs: upstream.timeoutMs,
      localNow: now,
    }),
    clock,
    localNow: now,
    deadlineMs: upstream.timeoutMs,
    onExchange: ({ durationMs, code, ...event }) =>
      logger.debug({ ...event, upstreamCode: code, duration_ms: durationMs }, "upstream"),
  });
  const directory = createJobDirectory(client, config.timeZone, config.listPollMs, now);
  const reports = createReportReader(client, directory, config.timeZone, now);
  const { db } = store;
  const audit = await openAuditChain(db, ring);
  const idempotency = createIdempotency((await openNamedKey(db, ring, "idempotency")).bytes);
  const vault = createSignInVault(store, ring);
  const timings = { ...config, upstreamTimeoutMs: upstream.timeoutMs };
  const budgets = { perDay: config.budgetPerDay, perUserHour: config.budgetPerUserHour, timeZone: config.timeZone };
  const submissions = createSubmissionStore({ store, audit, timings, budgets, owner: randomUUID() });
  const schedules = createScheduleStore(store, audit, ring, config.misfireGraceMs);
  const dispatcher = createJobDispatcher({
    store: submissions,
    vault,
    schedules,
    client,
    clock,
    directory,
    timings,
    logger,
    isSoleProcess: store.isSoleProcess,
  });
  const desk = createSubmissionDesk({ store, submissions, vault, idempotency, dispatcher, now: () => clock.now() });
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
  let identity: Identity;
  let signInRoutes = Router();
  if (config.auth.mode === "oidc") {
    const sessions = createSessionStore(store, ring, audit);
    const parts = { settings: config.auth, sessions, provider: createProvider(config.auth, now), now };
    const oidc = createOidcIdentity(parts);
    signInRoutes = authRoutes({ ...parts, identity: oidc, ring, requestGuard: ownRequests });
    identity = oidc;
  } else identity = createIdentity(config.auth, now);

  const handlers: Handlers<BffApi, CallContext> = {
    session: sessionHandlers(config, identity.signIn, version),
    jobs: jobHandlers({ client, directory, desk, targetAllowlist: config.targetAllowlist }),
    reports: { get: ({ params }) => reports.read(params.instanceNo) },
    schedules: scheduleHandlers(schedules, config.targetAllowlist, () => clock.now()),
    submissions: submissionHandlers({ submissions, vault, dispatcher, directory, now: () => clock.now() }),
  };

  let ready = true;
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.set("case sensitive routing", true);
  app.set("strict routing", true);
  app.set("query parser", "simple");

  app.use(requestContext(logger));
  app.use(securityHeaders(publicOrigin?.startsWith("https:") ?? false));
  app.get("/livez", (_request, response) => {
    response.json({ status: "ok" });
  });
  app.get("/readyz", async (_request, response) => {
    const writable = await isWritable(store);
    response.status(ready && writable ? 200 : 503).json({ status: !ready ? "closing" : writable ? "ok" : "store" });
  });
  app.use(hostGuard({ publicOrigin }));
  app.use(signInRoutes);
  app.use(serveWeb(webDirectory));
  app.use(ownRequests);
  app.use(identityGuard(identity));
  app.use(jsonBody);
  app.use(bindHandlers(bffApi, handlers, keeper));
  app.use(() => {
    throw new WscError("ROUTE_NOT_FOUND");
  });
  app.use(errorResponse);

  await idempotency.forgetOld(db, now());
  dispatcher.start();
  return {
    express: app,
    async close() {
      ready = false;
      await dispatcher.close();
      client.close();
    },
  };
}

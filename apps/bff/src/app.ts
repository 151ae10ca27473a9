import { type BffApi, bffApi, type Handlers, WscError } from "@wsc-dashboard/wsc-core";
import { createGatewayClock, createSignedTransport, createUpstreamClient } from "@wsc-dashboard/wsc-core/node";
import express, { type Express } from "express";
import type { Config } from "./config/config.ts";
import { jobHandlers } from "./handlers/jobs.ts";
import { sessionHandlers } from "./handlers/sessions.ts";
import { bindHandlers, type CallContext } from "./http/bind-handlers.ts";
import { errorResponse } from "./http/error-response.ts";
import { jsonBody } from "./http/json-body.ts";
import { contextOf, requestContext } from "./http/request-context.ts";
import { hostGuard, requestGuard } from "./http/request-guard.ts";
import { securityHeaders } from "./http/security-headers.ts";
import { serveWeb } from "./http/serve-web.ts";
import { devIdentity } from "./identity/identity.ts";
import type { Logger } from "./log/logger.ts";
import { createSubmissionDesk } from "./submissions/submission-desk.ts";
import { createJobDirectory } from "./upstream/job-directory.ts";
import { createReportReader } from "./upstream/report-reader.ts";

export interface AppParts {
  readonly config: Config;
  readonly logger: Logger;
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
export function createApp({ config, logger, webDirectory, version, now = Date.now }: AppParts): App {
  const { upstream, publicOrigin } = config;
  const clock = createGatewayClock(now);
  const client = createUpstreamClient({
    transport: createSignedTransport({
      origin: upstream.origin,
      credentials: upstream,
      clock,
      timeoutMs: upstream.timeoutMs,
    }),
    clock,
    deadlineMs: upstream.timeoutMs,
    onExchange: ({ durationMs, code, ...event }) =>
      logger.debug({ ...event, upstreamCode: code, duration_ms: durationMs }, "upstream"),
  });
  const directory = createJobDirectory(client, config.timeZone, config.listPollMs, now);
  const reports = createReportReader(client, directory, config.timeZone, now);
  const desk = createSubmissionDesk(client, directory, config, logger, now);

  const handlers: Handlers<BffApi, CallContext> = {
    session: sessionHandlers(config, version),
    jobs: jobHandlers({ client, directory, desk, targetAllowlist: config.targetAllowlist }),
    reports: { get: ({ params }) => reports.read(params.instanceNo) },
    submissions: {
      list: async () => ({ submissions: desk.list() }),
      get: async ({ params }) => {
        const submission = desk.get(params.id);
        if (submission === null) throw new WscError("SUBMISSION_NOT_FOUND");
        return { submission };
      },
    },
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
  app.get("/readyz", (_request, response) => {
    response.status(ready ? 200 : 503).json({ status: ready ? "ok" : "closing" });
  });
  app.use(hostGuard({ publicOrigin }));
  app.use(serveWeb(webDirectory));
  app.use(requestGuard({ publicOrigin }));
  app.use((request, _response, next) => {
    contextOf(request).user = devIdentity(request);
    next();
  });
  app.use(jsonBody);
  app.use(bindHandlers(bffApi, handlers));
  app.use(() => {
    throw new WscError("ROUTE_NOT_FOUND");
  });
  app.use(errorResponse);

  return {
    express: app,
    async close() {
      ready = false;
      await desk.close();
      client.close();
    },
  };
}

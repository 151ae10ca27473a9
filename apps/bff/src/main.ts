import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import packageFile from "../package.json" with { type: "json" };
import { type App, createApp } from "./app.ts";
import { readConfig, secretsOf } from "./config/config.ts";
import { encryptionKeysOf } from "./config/encryption-keys.ts";
import { takeEnvironment, unknownSettings } from "./config/env.ts";
import { createHttpServer } from "./http/http-server.ts";
import { createLogger } from "./log/logger.ts";
import { createRedaction } from "./log/redaction.ts";
import { createMetricsServer } from "./status/serve-metrics.ts";
import { createKeyRing } from "./store/keys.ts";
import { openStore, StoreRefusal } from "./store/open-store.ts";

/** Longest wait for requests under way after SIGTERM, in milliseconds. */
const drainMs = 25_000;

const oldestNode = 22;
if (Number.parseInt(process.versions.node, 10) < oldestNode) {
  process.stderr.write(`Node ${oldestNode} or later is needed; this is ${process.versions.node}\n`);
  process.exit(1);
}

const webDirectory = fileURLToPath(new URL("../../web/dist", import.meta.url));
if (!existsSync(join(webDirectory, "index.html"))) {
  process.stderr.write(`The web is not built: ${webDirectory} has no index.html; run npm run build\n`);
  process.exit(1);
}

const environment = takeEnvironment();
const result = readConfig(environment);
if ("problems" in result) {
  for (const problem of result.problems) process.stderr.write(`${problem}\n`);
  process.exit(1);
}
const { config } = result;
const redaction = createRedaction(secretsOf(config));
const logger = createLogger(config.logLevel, redaction);
for (const { name, meant } of unknownSettings(environment)) {
  logger.warn({ setting: name, ...(meant === null ? {} : { meant }) }, "unknown setting, ignored");
}
for (const warning of result.warnings) logger.warn({ warning }, "a setting most likely is not what was meant");

/** The settings once more, as they stand in their files now; the environment itself cannot change. */
function readAgain(): ReturnType<typeof readConfig> {
  const again = readConfig(environment);
  if ("config" in again) redaction.hide(secretsOf(again.config));
  return again;
}
const started = Promise.withResolvers<App>();
// One that comes during the start waits for its end.
process.on("SIGHUP", () => void started.promise.then((app) => app.rotate(readAgain)));

const store = await openStore(config).catch((error: unknown) => {
  if (!(error instanceof StoreRefusal)) throw error;
  process.stderr.write(`${config.databaseUrl === null ? "WSC_DATA_DIR" : "WSC_DATABASE_URL"}: ${error.message}\n`);
  process.exit(1);
});
const app = await createApp({
  config,
  logger,
  store,
  ring: createKeyRing(encryptionKeysOf(config)),
  webDirectory,
  version: packageFile.version,
});
started.resolve(app);
const server = createHttpServer(app.express, logger);
server.on("error", (error: NodeJS.ErrnoException) => {
  const name = ["EADDRNOTAVAIL", "ENOTFOUND", "EAI_AGAIN"].includes(error.code ?? "") ? "HOST" : "PORT";
  process.stderr.write(`${name}: cannot listen on ${config.host}:${config.port} (${error.code ?? "unknown reason"})\n`);
  process.exit(1);
});
server.listen(config.port, config.host, () => {
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : config.port;
  logger.info({ host: config.host, port, upstream: config.upstream.environment }, "listening");
});

const metricsServer = config.metricsPort === null ? null : createMetricsServer(app.metrics);
metricsServer?.on("error", (error: NodeJS.ErrnoException) => {
  process.stderr.write(
    `WSC_METRICS_PORT: cannot listen on ${config.metricsPort} (${error.code ?? "unknown reason"})\n`,
  );
  process.exit(1);
});
metricsServer?.listen(config.metricsPort ?? 0, config.host);

let closing = false;
function shutDown(): void {
  if (closing) return;
  closing = true;
  setTimeout(() => process.exit(1), drainMs).unref();
  const drained = new Promise<void>((resolve) => server.close(() => resolve()));
  const closed = app.close();
  server.closeIdleConnections();
  metricsServer?.close();
  metricsServer?.closeAllConnections();
  void Promise.all([drained, closed])
    .then(() => store.close())
    .then(() => process.exit());
}
process.on("SIGTERM", shutDown);
process.on("SIGINT", shutDown);
process.on("uncaughtException", (error) => {
  logger.fatal({ err: error }, "uncaught exception");
  process.exitCode = 1;
  shutDown();
});
process.on("unhandledRejection", (error) => {
  logger.fatal({ err: error }, "unhandled rejection");
  process.exitCode = 1;
  shutDown();
});

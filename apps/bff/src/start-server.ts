import { existsSync } from "node:fs";
import type { Server } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Secret } from "@wsc-dashboard/wsc-core/node";
import packageFile from "../../../package.json" with { type: "json" };
import { type App, createApp } from "./app.ts";
import { type Config, readConfig, secretsOf } from "./config/config.ts";
import { encryptionKeysOf } from "./config/encryption-keys.ts";
import { takeEnvironment, unknownSettings } from "./config/env.ts";
import { createKeyRing } from "./database/keys.ts";
import { DatabaseRefusal, type OpenDatabase, openDatabase } from "./database/open-database.ts";
import { messagesOf } from "./http/express-messages.ts";
import { createHttpServer, type HttpServer } from "./http/http-server.ts";
import { createLogger, type Logger } from "./log/logger.ts";
import { createRedaction } from "./log/redaction.ts";
import { createMetricsServer } from "./status/serve-metrics.ts";
import type { ProcessSignals } from "./stop-signal.ts";
import { withinTime } from "./timers/within-time.ts";
import type { Tracing } from "./tracing/tracing.ts";
import { exportHeaderValues, readTracing, type TracingSettings } from "./tracing/tracing-settings.ts";

/** Time limit for running work after SIGTERM, in milliseconds. */
const drainMs = 25_000;
/** Time limit for closing a database that does not respond, after everything else has ended, in milliseconds. */
const closeDatabaseMs = 2_000;

const oldestNode = 22;

const usage = `wsc-dashboard: starts the server; every setting stands in the environment (docs/configuration.md)

  --version   the version
  --help      this text
`;

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

/** Handles `--version` and `--help`; all settings come from the environment. */
function answerWords([word, ...rest]: readonly string[]): void {
  if (word === undefined) return;
  const isAlone = rest.length === 0;
  if (isAlone && word === "--version") process.stdout.write(`${packageFile.version}\n`);
  else if (isAlone && word === "--help") process.stdout.write(usage);
  else fail(usage.trimEnd());
  process.exit(0);
}

function refuseSurroundings(webDirectory: string): void {
  if (Number.parseInt(process.versions.node, 10) < oldestNode) {
    fail(`Node ${oldestNode} or later is needed; this is ${process.versions.node}`);
  }
  if (existsSync(join(webDirectory, "index.html"))) return;
  fail(`The web is not built: ${webDirectory} has no index.html; run npm run build`);
}

function readSettings() {
  const environment = takeEnvironment();
  const result = readConfig(environment);
  if ("problems" in result) return fail(result.problems.join("\n"));
  const { config } = result;
  const redaction = createRedaction(secretsOf(config));
  const logger = createLogger(config.logLevel, redaction);
  for (const { name, meant } of unknownSettings(environment)) {
    logger.warn({ setting: name, ...(meant === null ? {} : { meant }) }, "unknown setting, ignored");
  }
  for (const warning of result.warnings) logger.warn({ warning }, "a setting most likely is not what was meant");
  /** Reads the settings again, with current file contents; the environment itself cannot change. */
  function readAgain(): ReturnType<typeof readConfig> {
    const again = readConfig(environment);
    if ("config" in again) redaction.hide(secretsOf(again.config));
    return again;
  }
  const { settings: tracingSettings, warnings } = readTracing(environment);
  redaction.hide(exportHeaderValues(environment).map((value) => new Secret(value)));
  for (const warning of warnings) logger.warn({ warning }, "a setting of tracing is not followed");
  return { config, logger, readAgain, tracingSettings };
}

function openConfiguredDatabase(config: Config): Promise<OpenDatabase> {
  return openDatabase(config).catch((error: unknown) => {
    if (!(error instanceof DatabaseRefusal)) throw error;
    return fail(`${config.databaseUrl === null ? "WSC_DATA_DIR" : "WSC_DATABASE_URL"}: ${error.message}`);
  });
}

/** The SDK is loaded only when tracing is on. */
async function openTracing(settings: TracingSettings | null): Promise<Tracing | null> {
  if (settings === null) return null;
  const { createOpenTelemetry } = await import("./tracing/open-telemetry.ts");
  return createOpenTelemetry(settings, packageFile.version);
}

/** Whether listening failed because of the address and not of the port. */
const isOfAddress = ({ code = "" }: NodeJS.ErrnoException): boolean =>
  ["EADDRNOTAVAIL", "ENOTFOUND", "EAI_AGAIN"].includes(code);

function listen(app: App, config: Config, logger: Logger): HttpServer {
  const server = createHttpServer(app.express, logger, { messages: messagesOf(app.express) });
  server.on("error", (error: NodeJS.ErrnoException) => {
    const name = isOfAddress(error) ? "HOST" : "PORT";
    fail(`${name}: cannot listen on ${config.host}:${config.port} (${error.code ?? "unknown reason"})`);
  });
  server.listen(config.port, config.host, () => {
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : config.port;
    const { version } = packageFile;
    logger.info({ host: config.host, port, upstream: config.upstream.environment, version }, "listening");
  });
  return server;
}

function listenForMetrics(app: App, { metricsPort, metricsHost, host }: Config): Server | null {
  if (metricsPort === null) return null;
  const server = createMetricsServer(app.metrics);
  server.on("error", (error: NodeJS.ErrnoException) => {
    const name = isOfAddress(error) && metricsHost !== null ? "WSC_METRICS_HOST" : "WSC_METRICS_PORT";
    fail(`${name}: cannot listen on ${metricsHost ?? host}:${metricsPort} (${error.code ?? "unknown reason"})`);
  });
  return server.listen(metricsPort, metricsHost ?? host);
}

/** Starts the server and, on a signal, shuts it down in order; exit code 0 when all running work has ended. */
export async function startServer(signals: ProcessSignals): Promise<void> {
  answerWords(process.argv.slice(2));
  const webDirectory = fileURLToPath(new URL("../../web/dist", import.meta.url));
  refuseSurroundings(webDirectory);
  const { config, logger, readAgain, tracingSettings } = readSettings();
  const database = await openConfiguredDatabase(config);
  // From here on a paid call may be in progress: on a signal, the shutdown waits for its result.
  const stopped = Promise.withResolvers<void>();
  const hurried = Promise.withResolvers<void>();
  let isStopping = false;
  function stop(): void {
    if (isStopping) {
      hurried.resolve();
      return;
    }
    isStopping = true;
    setTimeout(() => process.exit(1), config.stopDelayMs + drainMs).unref();
    stopped.resolve();
  }
  signals.onStop(stop);
  const stopBecauseOf = (what: string) => (err: unknown) => {
    logger.fatal({ err }, what);
    process.exitCode = 1;
    hurried.resolve();
    stop();
  };
  process.on("uncaughtException", stopBecauseOf("uncaught exception"));
  process.on("unhandledRejection", stopBecauseOf("unhandled rejection"));
  const ring = createKeyRing(encryptionKeysOf(config));
  const tracing = await openTracing(tracingSettings);
  const app = await createApp({ config, logger, database, ring, webDirectory, version: packageFile.version, tracing });
  signals.onReload(() => void app.rotate(readAgain));
  const server = listen(app, config, logger);
  const metricsServer = listenForMetrics(app, config);

  await stopped.promise;
  app.announceStop();
  await withinTime(hurried.promise, config.stopDelayMs, undefined);
  metricsServer?.close();
  metricsServer?.closeAllConnections();
  await Promise.all([server.drain(), app.close()]);
  await tracing?.close();
  await withinTime(database.close(), closeDatabaseMs, undefined);
  process.exit();
}

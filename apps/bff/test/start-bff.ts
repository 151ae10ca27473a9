import { randomUUID } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isSettled, type SubmissionState } from "@wsc-dashboard/wsc-core";
import { createEmulator, type Emulator, type EmulatorOptions } from "@wsc-dashboard/wsc-emulator";
import { createApp } from "../src/app.ts";
import { readConfig, secretsOf } from "../src/config/config.ts";
import { encryptionKeysOf } from "../src/config/encryption-keys.ts";
import { createKeyRing } from "../src/database/keys.ts";
import { type OpenDatabase, openDatabase, openSqliteDatabase } from "../src/database/open-database.ts";
import { messagesOf } from "../src/http/express-messages.ts";
import { createHttpServer } from "../src/http/http-server.ts";
import { createLogger } from "../src/log/logger.ts";
import { createRedaction } from "../src/log/redaction.ts";
import type { Lookup } from "../src/targets/resolve-name.ts";
import type { Tracing } from "../src/tracing/tracing.ts";
import { knowWholeMemos } from "./database-bench.ts";

export const accessKey = "AK-canary-4f1b7c";
export const secretKey = "SK-canary-9e2d5a";

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
  // Tests read responses of any shape.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readonly json: any;
}

export interface Ask {
  readonly body?: unknown;
  /** Sent verbatim instead of `body`. */
  readonly raw?: string;
  /** `null` removes a header. */
  readonly headers?: Readonly<Record<string, string | string[] | null>>;
  readonly persona?: string;
}

export interface Bff {
  readonly origin: string;
  readonly port: number;
  readonly logs: string[];
  readonly database: OpenDatabase;
  ask(method: string, path: string, options?: Ask): Promise<Answer>;
  /** The content of /metrics. */
  metrics(): Promise<string>;
  close(): Promise<void>;
}

export interface BffOptions {
  readonly upstreamUrl: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly now?: () => number;
  /** Resolves names of targets. */
  readonly lookup?: Lookup;
  /** Whether the account has shown before that it keeps memos whole; the default is true. */
  readonly isMemoKept?: boolean;
  readonly tracing?: Tracing;
  /** A free one by default; set when it has to be known beforehand. */
  readonly port?: number;
}

function builtWeb(): string {
  const directory = mkdtempSync(join(tmpdir(), "wsc-web-"));
  mkdirSync(join(directory, "assets"));
  writeFileSync(
    join(directory, "index.html"),
    '<!doctype html>\n<html lang="en" class="page"><script nonce="__CSP_NONCE__" src="/assets/main-1a2b.js"></script></html>',
  );
  writeFileSync(join(directory, "assets/main-1a2b.js"), "export {};");
  writeFileSync(join(directory, "assets/main-1a2b.js.br"), "brotli bytes");
  return directory;
}

/** An empty database after the migrations, created once for all servers of this process. */
let emptyDatabase: Promise<string> | undefined;
async function makeEmptyDatabase(): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), "wsc-empty-"));
  process.on("exit", () => rmSync(directory, { recursive: true, force: true }));
  await (await openSqliteDatabase(directory)).close();
  return directory;
}

/** A new data directory with an empty database. */
export async function newDataDirectory(): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), "wsc-data-"));
  emptyDatabase ??= makeEmptyDatabase();
  cpSync(await emptyDatabase, directory, { recursive: true });
  return directory;
}

/** The data directory of a server that was given none; without a database in it when that is elsewhere. */
const ownDirectoryOf = async ({ WSC_DATABASE_URL }: Readonly<Record<string, string>>): Promise<string> =>
  WSC_DATABASE_URL === undefined ? newDataDirectory() : mkdtempSync(join(tmpdir(), "wsc-data-"));

/** The server of app.ts on a free port, with settings in the form a person gives them. */
export async function startBff({
  upstreamUrl,
  environment = {},
  now,
  lookup,
  tracing,
  isMemoKept = true,
  port: wantedPort = 0,
}: BffOptions): Promise<Bff> {
  const ownDirectory = environment.WSC_DATA_DIR === undefined ? await ownDirectoryOf(environment) : null;
  const dataDirectory = ownDirectory ?? environment.WSC_DATA_DIR ?? "";
  const result = readConfig({
    NODE_ENV: "development",
    WSC_AUTH_MODE: "dev",
    WSC_UPSTREAM: "custom",
    WSC_UPSTREAM_URL: upstreamUrl,
    WSC_ACCESS_KEY: accessKey,
    WSC_SECRET_KEY: secretKey,
    WSC_LIST_POLL_MS: "0",
    // Tests that count calls count only their own.
    WSC_BACKGROUND_READ_MS: "0",
    WSC_CREATE_SPACING_MS: "0",
    WSC_RECONCILE_STEP_MS: "30",
    // Each round reads the database: more of them would take the processor from what the test waits for.
    WSC_DISPATCH_TICK_MS: "40",
    WSC_BUDGET_PER_DAY: "0",
    WSC_BUDGET_PER_USER_HOUR: "0",
    WSC_DATA_DIR: dataDirectory,
    WSC_UPSTREAM_TIMEOUT_MS: "4000",
    WSC_LOG_LEVEL: "debug",
    ...environment,
  });
  if ("problems" in result) throw new Error(result.problems.join("\n"));
  const { config } = result;
  const logs: string[] = [];
  const webDirectory = builtWeb();
  const database = await openDatabase(config);
  if (isMemoKept) await knowWholeMemos(database, 0);
  const logger = createLogger(config.logLevel, createRedaction(secretsOf(config)), (line) => logs.push(line));
  const app = await createApp({
    config,
    database,
    ring: createKeyRing(encryptionKeysOf(config)),
    logger,
    webDirectory,
    version: "0.0.0",
    ...(now === undefined ? {} : { now }),
    ...(lookup === undefined ? {} : { lookup }),
    ...(tracing === undefined ? {} : { tracing }),
  });
  const server = createHttpServer(app.express, logger, { messages: messagesOf(app.express) });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(wantedPort, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;

  const ask = (method: string, path: string, { body, raw, headers = {}, persona }: Ask = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const sent: Record<string, string | string[]> = {
        "X-WSC-Request": "1",
        "Sec-Fetch-Site": "same-origin",
        ...(method === "GET" ? {} : { "Content-Type": "application/json", "Idempotency-Key": randomUUID() }),
        ...(persona === undefined ? {} : { Cookie: `wsc_persona=${persona}` }),
      };
      for (const [name, value] of Object.entries(headers)) {
        if (value === null) delete sent[name];
        else sent[name] = value;
      }
      const text = raw ?? (body === undefined ? (method === "GET" ? "" : "{}") : JSON.stringify(body));
      if (text !== "") sent["Content-Length"] = String(Buffer.byteLength(text));
      const request = httpRequest(
        { host: "127.0.0.1", port, method, path, headers: sent, agent: false },
        (response) => {
          const chunks: Buffer[] = [];
          // An event stream never ends; its first event is the response.
          const isEvents = response.headers["content-type"] === "text/event-stream";
          response.on("data", (chunk: Buffer) => {
            chunks.push(chunk);
            if (isEvents) response.destroy();
          });
          response.on("error", reject);
          response.on(isEvents ? "close" : "end", () => {
            const text = Buffer.concat(chunks).toString("utf8");
            const isJson = /\bjson\b/.test(response.headers["content-type"] ?? "");
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              text,
              json: isJson && text !== "" ? JSON.parse(text) : undefined,
            });
          });
        },
      );
      request.on("error", reject);
      request.end(text);
    });

  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    logs,
    database,
    ask,
    metrics: async () => (await app.metrics.render()).text,
    async close() {
      await app.close();
      await database.close();
      if (ownDirectory !== null) rmSync(ownDirectory, { recursive: true, force: true });
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(webDirectory, { recursive: true, force: true });
    },
  };
}

export interface Stack extends Bff {
  readonly emulator: Emulator;
}

/** BFF and emulator together; `close()` ends both. */
export async function startStack(
  options: Partial<EmulatorOptions> & {
    environment?: Readonly<Record<string, string>>;
    bffNow?: () => number;
    isMemoKept?: boolean;
    port?: number;
    tracing?: Tracing;
  } = {},
): Promise<Stack> {
  const { environment, bffNow, isMemoKept, port, tracing, ...emulatorOptions } = options;
  const emulator = await createEmulator({ accessKey, secretKey, paceMs: 0, ...emulatorOptions });
  const bff = await startBff({
    upstreamUrl: emulator.origin,
    ...(environment === undefined ? {} : { environment }),
    ...(bffNow === undefined ? {} : { now: bffNow }),
    ...(isMemoKept === undefined ? {} : { isMemoKept }),
    ...(port === undefined ? {} : { port }),
    ...(tracing === undefined ? {} : { tracing }),
  });
  return {
    ...bff,
    emulator,
    async close() {
      await bff.close();
      await emulator.close();
    },
  };
}

/** Asking more often would take more of the processor than what is waited for. */
const maxPauseMs = 40;

/** Repeats `read` until the result satisfies; only the test's own timeout limits it. */
export async function until<T>(read: () => Promise<T> | T, isSatisfied: (value: T) => boolean): Promise<T> {
  for (let pauseMs = 5; ; pauseMs = Math.min(1.25 * pauseMs, maxPauseMs)) {
    const value = await read();
    if (isSatisfied(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** Whether a submission has ended or needs a decision. In every other state the server still works on it. */
export const hasOutcome = <T extends { readonly state: SubmissionState }>({ state }: T): boolean =>
  isSettled(state) || state === "NEEDS_REVIEW";

export const jobBody = (startUrl: string, change: Record<string, unknown> = {}): Record<string, unknown> => ({
  startUrl,
  consent: { textVersion: "1", accepted: true },
  ...change,
});

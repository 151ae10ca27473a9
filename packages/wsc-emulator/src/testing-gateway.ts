import { createHmac } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { onTestFinished } from "vitest";
import { createEmulator, type Emulator, type EmulatorOptions } from "./create-emulator.ts";
import type { CrawlResult, ScanFinding, SiteScanner } from "./scanner/site-scanner.ts";
import { TargetUnreachable } from "./scanner/target-unreachable.ts";

/** For tests only: a gateway, a client that signs by hand, and a scripted scanner. */
export const testKeys = { accessKey: "AK_TEST", secretKey: "SK_TEST" };

export interface CallOptions {
  readonly body?: unknown;
  /** Sent unchanged instead of `body`. */
  readonly rawBody?: string;
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly timestamp?: number | string;
  readonly signedPath?: string;
  readonly signedMethod?: string;
  readonly secretKey?: string;
  readonly accessKey?: string;
  readonly signal?: AbortSignal;
}

interface WireAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; fails the test when it is not JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: tests reach into answers of any shape
  readonly json: () => any;
}

type Call = (method: string, path: string, options?: CallOptions) => Promise<WireAnswer>;

export function signatureOf(method: string, path: string, timestamp: string, keys = testKeys): string {
  const text = [`${method} ${path}`, timestamp, keys.accessKey].join("\n");
  return createHmac("sha256", Buffer.from(keys.secretKey, "utf8")).update(text).digest("base64");
}

function callerOf({ origin, control }: Emulator, now: () => number): Call {
  return async (method, path, options = {}) => {
    const keys = { ...testKeys, ...options };
    const timestamp = String(options.timestamp ?? now() + control.settings().clockOffsetMs);
    const headers = new Headers({
      "content-type": "application/json",
      "x-ncp-apigw-timestamp": timestamp,
      "x-ncp-iam-access-key": keys.accessKey,
      "x-ncp-apigw-signature-v2": signatureOf(
        options.signedMethod ?? method,
        options.signedPath ?? path,
        timestamp,
        keys,
      ),
    });
    for (const [name, value] of Object.entries(options.headers ?? {})) {
      if (value === null) headers.delete(name);
      else headers.set(name, value);
    }
    const body = options.rawBody ?? (options.body === undefined ? null : JSON.stringify(options.body));
    // A string body would get a default content type when the test removes ours.
    const bytes = body === null ? null : Buffer.from(body);
    const response = await fetch(`${origin}${path}`, { method, headers, body: bytes, signal: options.signal ?? null });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) };
  };
}

export interface TestGateway {
  readonly emulator: Emulator;
  readonly call: Call;
  readonly list: () => Promise<Record<string, unknown>[]>;
  readonly control: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Response>;
}

/** Starts a gateway that is stopped after the test. Without `scanner` every site is empty; phases take no time. */
export async function startGateway(options: Partial<EmulatorOptions> = {}): Promise<TestGateway> {
  const emulator = await createEmulator({ ...testKeys, paceMs: 0, scanner: scriptedScanner().scanner, ...options });
  onTestFinished(() => emulator.close());
  const call = callerOf(emulator, options.now ?? Date.now);
  return {
    emulator,
    call,
    list: async () => {
      const answer = await call("GET", "/api/v1/jobs?limit=100&page=1");
      return answer.json().resources.record_data;
    },
    control: (method, path, body, headers = { "x-wsc-control": "1" }) =>
      fetch(`${emulator.origin}/control${path}`, {
        method,
        headers: { "content-type": "application/json", ...headers },
        body: body === undefined ? null : JSON.stringify(body),
      }),
  };
}

/** Starts a server that accepts connections and never responds; returns its URL. */
export async function startSilentTarget(): Promise<string> {
  const server = createServer((socket) => socket.on("error", () => undefined));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** Returns a loopback URL that refuses connections. */
export async function closedTarget(): Promise<string> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return `http://127.0.0.1:${port}/`;
}

export const orderOf = (startUrl: string, changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  StartUrl: startUrl,
  ExcludeUrl: [],
  VulnItems: ["ALL"],
  UserAgent: "PC Chrome",
  Speed: "1",
  Memo: "",
  ...changes,
});

export const sampleFinding: ScanFinding = {
  item: "XSS",
  risk: "Medium",
  url: "http://127.0.0.1/search",
  method: "GET",
  parameter: "q",
  evidence: "<marker>",
};

export interface ScannerScript {
  readonly pages?: number;
  readonly findings?: readonly ScanFinding[];
  /** The phase that blocks until its signal aborts. */
  readonly holdAt?: "crawl" | "probe";
  readonly failAt?: "crawl" | "probe";
}

/** Creates a scanner without network access. `aborted` returns the number of scans that were stopped. */
export function scriptedScanner(script: ScannerScript = {}): { scanner: SiteScanner; aborted: () => number } {
  const { pages = 3, findings = [], holdAt, failAt } = script;
  let aborted = 0;
  const pass = async (phase: "crawl" | "probe", signal: AbortSignal): Promise<void> => {
    if (failAt === phase) throw new TargetUnreachable("the test says so");
    if (holdAt !== phase) return;
    if (!signal.aborted) await once(signal, "abort");
    aborted += 1;
    throw signal.reason;
  };
  const scanner: SiteScanner = {
    async crawl({ startUrl, signal }, onPage): Promise<CrawlResult> {
      onPage(pages);
      await pass("crawl", signal);
      return { pages: [], scannedDomains: [new URL(startUrl).host], notScannedDomains: ["cdn.example.net"] };
    },
    async probe({ signal }, _crawl, onProgress): Promise<readonly ScanFinding[]> {
      onProgress(40, findings.slice(0, 1));
      await pass("probe", signal);
      onProgress(100, findings);
      return findings;
    },
  };
  return { scanner, aborted: () => aborted };
}

import { createExclusionRule } from "@wsc-dashboard/wsc-core";
import { readHttpUrl } from "./http-url.ts";
import type { ScannerLimits } from "./scanner-limits.ts";
import type { ScanRequest } from "./site-scanner.ts";
import { userAgentString } from "./user-agent-strings.ts";

export interface PageRequest {
  method: "GET" | "POST";
  url: URL;
  /** Form fields, sent as application/x-www-form-urlencoded. */
  body?: string;
}

export interface FetchedPage {
  status: number;
  statusText: string;
  headers: Headers;
  /** Decoded with the charset of the header or page; truncated at the size limit. */
  body: string;
  /** Target of a 3xx response, if readable. */
  redirectTo: URL | null;
}

/** `refused`: forbidden by our own rules, nothing was sent. `silent`: sent, but without a usable response. */
export type FetchOutcome =
  | { kind: "page"; page: FetchedPage }
  | { kind: "refused" }
  | { kind: "silent"; isTooSlow: boolean; reason: string };

/** Sends one request; never follows a redirect. Rejects only when the job's signal is aborted. */
export type FetchPage = (request: PageRequest) => Promise<FetchOutcome>;

// These frame the message or select the host: a person's value would break or misdirect the request.
const headersOfTheConnection = new Set([
  "connection",
  "content-length",
  "content-type",
  "expect",
  "host",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Returns the headers of every request of a job. A header that HTTP cannot carry is omitted. */
export function requestHeaders(request: Pick<ScanRequest, "headers" | "userAgent">): Headers {
  const headers = new Headers({
    "user-agent": userAgentString(request.userAgent),
    accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "accept-language": "ko,ja;q=0.9,en;q=0.8",
  });
  for (const [name, value] of Object.entries(request.headers)) {
    if (headersOfTheConnection.has(name.trim().toLowerCase())) continue;
    try {
      headers.set(name, value);
    } catch {
      // The error would quote the value, which may be a secret.
    }
  }
  return headers;
}

/**
 * The only way to the target: origin, host, exclusions, pause, time and size limits apply to every request because all of them
 * pass here.
 */
export function createPageFetcher(
  request: ScanRequest,
  limits: Pick<ScannerLimits, "pauseMs" | "requestTimeoutMs" | "maxBodyBytes">,
): FetchPage {
  const origin = new URL(request.startUrl).origin;
  const isExcluded = createExclusionRule(request.excludeUrls, request.startUrl);
  const baseHeaders = requestHeaders(request);
  const pauseMs = limits.pauseMs[request.speed];
  let isFirst = true;

  return async (page) => {
    request.signal.throwIfAborted();
    if (page.url.origin !== origin || !request.isHostAllowed(page.url.hostname) || isExcluded(page.url)) {
      return { kind: "refused" };
    }
    if (!isFirst && pauseMs > 0) await abortablePause(pauseMs, request.signal);
    isFirst = false;

    const first = await sendOnce(page);
    // A keep-alive connection may close just as it is reused, so retry once; a page that is too slow is not requested again.
    return first.kind === "silent" && !first.isTooSlow ? sendOnce(page) : first;
  };

  async function sendOnce(page: PageRequest): Promise<FetchOutcome> {
    const headers = new Headers(baseHeaders);
    if (page.body !== undefined) headers.set("content-type", "application/x-www-form-urlencoded");
    const timeLimit = AbortSignal.timeout(limits.requestTimeoutMs);
    try {
      const response = await fetch(page.url, {
        method: page.method,
        headers,
        redirect: "manual",
        signal: AbortSignal.any([request.signal, timeLimit]),
        ...(page.body === undefined ? {} : { body: page.body }),
      });
      const bytes = await readAtMost(response, limits.maxBodyBytes);
      return {
        kind: "page",
        page: {
          status: response.status,
          statusText: response.statusText,
          headers: response.headers,
          body: decodeBody(bytes, response.headers.get("content-type") ?? ""),
          redirectTo: readRedirect(response, page.url),
        },
      };
    } catch (error) {
      request.signal.throwIfAborted();
      if (timeLimit.aborted) return { kind: "silent", isTooSlow: true, reason: "no complete answer in time" };
      return { kind: "silent", isTooSlow: false, reason: describe(error) };
    }
  }
}

function abortablePause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal.addEventListener("abort", stop, { once: true });
  });
}

async function readAtMost(response: Response, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (response.body !== null) {
    for await (const chunk of response.body as ReadableStream<Uint8Array>) {
      const rest = maxBytes - size;
      chunks.push(chunk.length > rest ? chunk.subarray(0, rest) : chunk);
      size += Math.min(chunk.length, rest);
      // Leaving the loop cancels the stream, which closes the connection.
      if (size >= maxBytes) break;
    }
  }
  return Buffer.concat(chunks);
}

function readRedirect(response: Response, base: URL): URL | null {
  const location = response.headers.get("location");
  if (response.status < 300 || response.status > 399 || location === null) return null;
  return readHttpUrl(location, base);
}

/** Korean and Japanese sites still serve EUC-KR and Shift_JIS, so the declared charset counts. */
function decodeBody(bytes: Uint8Array, contentType: string): string {
  const declared =
    /charset\s*=\s*["']?([\w-]+)/i.exec(contentType)?.[1] ??
    /<meta[^>]+charset\s*=\s*["']?([\w-]+)/i.exec(Buffer.from(bytes.subarray(0, 1024)).toString("latin1"))?.[1] ??
    "utf-8";
  try {
    return new TextDecoder(declared).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

function describe(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (typeof cause === "object" && cause !== null && "code" in cause && typeof cause.code === "string")
    return cause.code;
  return "the connection failed";
}

import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import type { Socket } from "node:net";
import { isWebUrl, WscError } from "@wsc-dashboard/wsc-core";
import type { CookieJar } from "tough-cookie";
import { keepCookie } from "./cookie-jar.ts";
import { decodeBody } from "./decode-body.ts";
import { openConnection, unreachable } from "./open-connection.ts";
import { createLookup, type Lookup } from "./resolve-name.ts";
import { isSameSite } from "./same-site.ts";

export interface TargetRequest {
  readonly url: URL;
  readonly method?: "GET" | "POST";
  /** For the first host alone. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as application/x-www-form-urlencoded. */
  readonly form?: string;
  /** Carries cookies from hop to hop and keeps those that are set. */
  readonly jar?: CookieJar;
  /** By performance.now(). */
  readonly deadline?: number;
}

export interface TargetAnswer {
  /** Where the last redirect that was followed led. */
  readonly url: URL;
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

export interface TargetFetcherOptions {
  readonly allowPrivate: boolean;
  readonly lookup?: Lookup;
  /** For everything together, in milliseconds. */
  readonly timeoutMs?: number;
  readonly connectTimeoutMs?: number;
  readonly maxBytes?: number;
}

export type TargetFetcher = ReturnType<typeof createTargetFetcher>;

const maxRedirects = 8;
const maxHeaderBytes = 32_768;
const userAgent = "Mozilla/5.0 (compatible; WSC-Dashboard)";

interface Hop {
  readonly url: URL;
  readonly method: "GET" | "POST";
  readonly form: string | undefined;
}

const lowerCased = (headers: Readonly<Record<string, string>> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** Where a redirect leads, or `null` when the answer is the end: no redirect, or one that is not followed. */
function nextHop(hop: Hop, status: number, location: string | undefined): Hop | null {
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined || location.length > 4096) return null;
  if (!URL.canParse(location, hop.url.href)) return null;
  const url = new URL(location, hop.url.href);
  if (!isWebUrl(url.href) || !isSameSite(hop.url, url)) return null;
  const keepsMethod = status === 307 || status === 308;
  if (!keepsMethod) return { url, method: "GET", form: undefined };
  // What was typed into a form goes to the host it was meant for, over a way no weaker.
  if (hop.form !== undefined && url.origin !== hop.url.origin) return null;
  return { ...hop, url };
}

/**
 * The one way from this dashboard to a target: guarded addresses, a fresh connection for every hop, redirects within the site,
 * bounded in time and size. Throws TARGET_ADDRESS_FORBIDDEN or 160353.
 */
export function createTargetFetcher({
  allowPrivate,
  lookup = createLookup(),
  timeoutMs = 15_000,
  connectTimeoutMs = 3_000,
  maxBytes = 1_000_000,
}: TargetFetcherOptions) {
  interface Reply {
    readonly status: number;
    readonly headers: IncomingHttpHeaders;
    readonly body: Buffer;
  }

  /** One request, one answer; of a body that is too large the beginning. The socket is gone afterwards. */
  function exchange(socket: Socket, signal: AbortSignal, hop: Hop, headers: Record<string, string>): Promise<Reply> {
    const abort = (): void => void socket.destroy(new Error("no complete answer in time"));
    signal.addEventListener("abort", abort, { once: true });
    const reply = new Promise<Reply>((resolve, reject) => {
      const outgoing = httpRequest({
        method: hop.method,
        path: `${hop.url.pathname}${hop.url.search}`,
        headers,
        setHost: false,
        // No agent, not even `false`: an agent opens a connection of its own, past the guard.
        createConnection: () => socket,
        maxHeaderSize: maxHeaderBytes,
      });
      outgoing.on("error", reject);
      outgoing.on("response", (message) => {
        const chunks: Buffer[] = [];
        let size = 0;
        const end = (): void => {
          resolve({ status: message.statusCode ?? 0, headers: message.headers, body: Buffer.concat(chunks) });
        };
        message.on("data", (chunk: Buffer) => {
          chunks.push(chunk.subarray(0, maxBytes - size));
          size += chunk.length;
          if (size >= maxBytes) end();
        });
        message.on("end", end);
        message.on("error", reject);
      });
      outgoing.end(hop.form);
      if (signal.aborted) abort();
    });
    return reply.finally(() => {
      signal.removeEventListener("abort", abort);
      socket.destroy();
    });
  }

  async function follow(request: TargetRequest, signal: AbortSignal): Promise<TargetAnswer> {
    const { jar } = request;
    let hop: Hop = { url: request.url, method: request.method ?? "GET", form: request.form };
    for (let count = 0; count <= maxRedirects && !signal.aborted; count += 1) {
      const socket = await openConnection(hop.url, { allowPrivate, connectTimeoutMs, lookup, signal });
      const own = hop.url.origin === request.url.origin ? lowerCased(request.headers) : {};
      const fromJar = jar === undefined ? "" : await jar.getCookieString(hop.url.href);
      const cookie = [own.cookie ?? "", fromJar].filter((part) => part !== "").join("; ");
      const reply = await exchange(socket, signal, hop, {
        "user-agent": userAgent,
        accept: "text/html,application/xhtml+xml,*/*;q=0.8",
        ...own,
        "accept-encoding": "identity",
        ...(cookie === "" ? {} : { cookie }),
        ...(hop.form === undefined
          ? {}
          : {
              "content-type": "application/x-www-form-urlencoded",
              "content-length": String(Buffer.byteLength(hop.form)),
            }),
        host: hop.url.host,
        connection: "close",
      });
      for (const line of reply.headers["set-cookie"] ?? []) {
        if (jar !== undefined) await keepCookie(jar, line, hop.url.href);
      }
      const next = nextHop(hop, reply.status, reply.headers.location);
      if (next === null) {
        const type = reply.headers["content-type"] ?? "";
        const text = decodeBody(reply.body, type, reply.headers["content-encoding"] ?? "", maxBytes);
        return { url: hop.url, status: reply.status, type, text };
      }
      hop = next;
    }
    throw unreachable(request.url, "too many redirects");
  }

  return {
    /** Returns when nothing of it is under way any more, also after its time: whoever counts calls counts this one until then. */
    async fetch(request: TargetRequest): Promise<TargetAnswer> {
      const limitMs = Math.max(1, Math.min(timeoutMs, (request.deadline ?? Infinity) - performance.now()));
      const ending = new AbortController();
      const timer = setTimeout(() => ending.abort(), limitMs);
      try {
        return await follow(request, ending.signal);
      } catch (error) {
        if (ending.signal.aborted) throw unreachable(request.url, "no complete answer in time");
        if (error instanceof WscError) throw error;
        throw unreachable(
          request.url,
          error instanceof Error && "code" in error ? String(error.code) : "broken answer",
        );
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

import { isWebUrl, WscError } from "@wsc-dashboard/wsc-core";
import type { CookieJar } from "tough-cookie";
import { keepCookie } from "./cookie-jar.ts";
import { decodeBody } from "./decode-body.ts";
import { openConnection, unreachable } from "./open-connection.ts";
import { createLookup, type Lookup } from "./resolve-name.ts";
import { isSameSite } from "./same-site.ts";
import { exchangeWithTarget } from "./target-exchange.ts";

export interface TargetRequest {
  readonly url: URL;
  readonly method?: "GET" | "POST";
  /** Sent to the origin of `url` only. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as application/x-www-form-urlencoded. */
  readonly form?: string;
  /** Carries cookies across redirects and stores those that are set. */
  readonly jar?: CookieJar;
  /** Absolute, on the scale of performance.now(). */
  readonly deadline?: number;
}

export interface TargetAnswer {
  /** The URL after all redirects that were followed. */
  readonly url: URL;
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

export interface TargetFetcherOptions {
  readonly allowPrivate: boolean;
  readonly lookup?: Lookup;
  /** For the whole fetch with all redirects, in milliseconds. */
  readonly timeoutMs?: number;
  readonly connectTimeoutMs?: number;
  readonly maxBytes?: number;
}

export type TargetFetcher = ReturnType<typeof createTargetFetcher>;

const maxRedirects = 8;
const userAgent = "Mozilla/5.0 (compatible; WSC-Dashboard)";

interface Hop {
  readonly url: URL;
  readonly method: "GET" | "POST";
  readonly form: string | undefined;
}

const lowerCased = (headers: Readonly<Record<string, string>> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** The target of a redirect, or `null` when this response is the result: no redirect, or one that is not followed. */
function nextHop(hop: Hop, status: number, location: string | undefined): Hop | null {
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined || location.length > 4096) return null;
  if (!URL.canParse(location, hop.url.href)) return null;
  const url = new URL(location, hop.url.href);
  if (!isWebUrl(url.href) || !isSameSite(hop.url, url)) return null;
  const keepsMethod = status === 307 || status === 308;
  if (!keepsMethod) return { url, method: "GET", form: undefined };
  // Form values must not go to another host, nor over a weaker protocol.
  if (hop.form !== undefined && url.origin !== hop.url.origin) return null;
  return { ...hop, url };
}

/** The headers of one request: given headers go to the first origin only, cookies of the jar to the hosts that they are for. */
async function headersOf(hop: Hop, { url, headers, jar }: TargetRequest): Promise<Record<string, string>> {
  const own = hop.url.origin === url.origin ? lowerCased(headers) : {};
  const fromJar = jar === undefined ? "" : await jar.getCookieString(hop.url.href);
  const cookie = [own.cookie ?? "", fromJar].filter((part) => part !== "").join("; ");
  return {
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
  };
}

/**
 * The only way in which the dashboard sends requests to a target: checked addresses, a new connection for every request,
 * redirects within the site, limits on time and size. Throws TARGET_ADDRESS_FORBIDDEN or 160353.
 */
export function createTargetFetcher({
  allowPrivate,
  lookup = createLookup(),
  timeoutMs = 15_000,
  connectTimeoutMs = 3_000,
  maxBytes = 1_000_000,
}: TargetFetcherOptions) {
  async function follow(request: TargetRequest, signal: AbortSignal): Promise<TargetAnswer> {
    const { jar } = request;
    let hop: Hop = { url: request.url, method: request.method ?? "GET", form: request.form };
    for (let count = 0; count <= maxRedirects && !signal.aborted; count += 1) {
      const socket = await openConnection(hop.url, { allowPrivate, connectTimeoutMs, lookup, signal });
      const reply = await exchangeWithTarget(socket, signal, {
        ...hop,
        headers: await headersOf(hop, request),
        maxBytes,
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
    /** Settles only when nothing of it is in progress any more, even after a timeout, so that limits on concurrent calls hold. */
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

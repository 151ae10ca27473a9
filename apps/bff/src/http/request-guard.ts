import { WscError } from "@wsc-dashboard/wsc-core";
import type { NextFunction, Request, Response } from "express";
import { LRUCache } from "lru-cache";
import { isLoopbackHost } from "../config/loopback.ts";

/** Accepted Host and Origin values: the public one, or on a loopback server any loopback name with its port. */
export interface OwnOrigin {
  readonly publicOrigin: string | null;
}

type HostCheck = (host: string | undefined, localPort: number | undefined) => boolean;

/** Accepted hosts are cached: there are few, and every request has one. */
const maxHosts = 100;

function createHostCheck({ publicOrigin }: OwnOrigin): HostCheck {
  const published = publicOrigin === null ? null : new URL(publicOrigin);
  const isLoopbackServer = published === null || isLoopbackHost(published.hostname);
  const known = new LRUCache<string, true>({ max: maxHosts });

  function check(host: string, localPort: number | undefined): boolean {
    if (!URL.canParse(`http://${host}`)) return false;
    if (published !== null && host.toLowerCase() === published.host) return true;
    const url = new URL(`http://${host}`);
    return isLoopbackServer && isLoopbackHost(url.hostname) && Number(url.port || "80") === localPort;
  }

  return (host, localPort) => {
    if (host === undefined) return false;
    const key = `${localPort} ${host}`;
    if (known.has(key)) return true;
    const isOwn = check(host, localPort);
    // Foreign hosts are not cached, or they could evict ours.
    if (isOwn) known.set(key, true);
    return isOwn;
  };
}

/** Prevents DNS rebinding: requires exactly one Host header, with a name of ours. */
export function hostGuard(own: OwnOrigin) {
  const isOwnHost = createHostCheck(own);
  return (request: Request, _response: Response, next: NextFunction): void => {
    const hosts = request.headersDistinct.host ?? [];
    if (hosts.length !== 1 || !isOwnHost(hosts[0], request.socket.localPort)) {
      throw new WscError("HOST_MISMATCH", "Host header does not name this dashboard");
    }
    next();
  };
}

const safeMethods: ReadonlySet<string> = new Set(["GET", "HEAD"]);

/**
 * Prevents CSRF. Requires X-WSC-Request: 1, which another site cannot send without a preflight that we never grant, and our own
 * page as the source by Sec-Fetch-Site, or by Origin or Referer when that header is missing.
 */
export function requestGuard({ allowNonBrowser, ...own }: OwnOrigin & { readonly allowNonBrowser: boolean }) {
  const isOwnHost = createHostCheck(own);
  return (request: Request, response: Response, next: NextFunction): void => {
    response.setHeader("Vary", "Sec-Fetch-Site, Origin");
    const { headers } = request;
    if (headers["x-wsc-request"] !== "1") throw new WscError("REQUEST_GUARD_MISSING");
    const site = headers["sec-fetch-site"];
    if (site !== undefined && site !== "same-origin")
      throw new WscError("ORIGIN_FORBIDDEN", "Sec-Fetch-Site is not same-origin");
    const claimed = headers.origin ?? headers.referer;
    if (claimed !== undefined) {
      const origin = URL.canParse(claimed) ? new URL(claimed) : null;
      const ours =
        origin !== null &&
        isOwnHost(origin.host, request.socket.localPort) &&
        (own.publicOrigin === null || isLoopbackHost(origin.hostname) || origin.origin === own.publicOrigin);
      if (!ours) throw new WscError("ORIGIN_FORBIDDEN", "Origin or Referer is another site");
    } else if (site === undefined && !safeMethods.has(request.method) && !allowNonBrowser) {
      throw new WscError("ORIGIN_FORBIDDEN", "neither Sec-Fetch-Site nor Origin on a changing request");
    }
    next();
  };
}

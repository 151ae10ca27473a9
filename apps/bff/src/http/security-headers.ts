import type { NextFunction, Request, Response } from "express";
import helmet from "helmet";

/** Policy of all responses other than the page. */
export const closedPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";

/**
 * Removes this dashboard's data from the browser. Not "cookies": that would affect every host of the domain, and the person's
 * language setting.
 */
export function clearSiteData(response: Response): void {
  response.setHeader("Clear-Site-Data", '"cache", "storage"');
}

/** Path to which browsers report CSP violations. */
export const reportPath = "/csp-report";
const reportGroup = "csp";

function pagePolicy(nonce: string, https: boolean): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
    `report-uri ${reportPath}`,
    ...(https ? [`report-to ${reportGroup}`] : []),
  ].join("; ");
}

const permissions = [
  "accelerometer",
  "autoplay",
  "camera",
  "display-capture",
  "encrypted-media",
  "fullscreen",
  "geolocation",
  "gyroscope",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "picture-in-picture",
  "publickey-credentials-get",
  "screen-wake-lock",
  "usb",
  "xr-spatial-tracking",
];

/** Those of helmet's headers that no response but a page needs. A script of a worker would need the first one. */
const pageNames: ReadonlySet<string> = new Set([
  "Cross-Origin-Embedder-Policy",
  "Origin-Agent-Cluster",
  "X-DNS-Prefetch-Control",
  "X-Download-Options",
  "X-Permitted-Cross-Domain-Policies",
  "X-XSS-Protection",
]);

type Header = readonly [name: string, value: string];

/** Headers by helmet, computed once since none of them depends on the request. */
function helmetHeaders(https: boolean): readonly Header[] {
  const headers = new Map<string, string>();
  const recorder = {
    setHeader: (name: string, value: string): void => void headers.set(name, value),
    removeHeader: (name: string): void => void headers.delete(name),
  };
  const apply = helmet({
    contentSecurityPolicy: false,
    crossOriginEmbedderPolicy: { policy: "require-corp" },
    crossOriginOpenerPolicy: { policy: "same-origin" },
    crossOriginResourcePolicy: { policy: "same-origin" },
    originAgentCluster: true,
    referrerPolicy: { policy: "no-referrer" },
    strictTransportSecurity: https ? { maxAge: 63_072_000, includeSubDomains: true } : false,
    xFrameOptions: { action: "deny" },
  });
  apply({} as Request, recorder as unknown as Response, (error?: unknown) => {
    if (error !== undefined) throw error;
  });
  return [...headers];
}

function setHeaders(response: Response, headers: readonly Header[]): void {
  for (const [name, value] of headers) response.setHeader(name, value);
}

/** Sets the headers of every response, errors included. `https`: browsers reach us over TLS. */
export function securityHeaders(https: boolean) {
  const headers: readonly Header[] = [
    ["Content-Security-Policy", closedPolicy],
    ["Cache-Control", "no-store"],
    ...helmetHeaders(https).filter(([name]) => !pageNames.has(name)),
  ];
  return (_request: Request, response: Response, next: NextFunction): void => {
    setHeaders(response, headers);
    next();
  };
}

/**
 * Sets the further headers of a page: a policy that restricts it to its own resources (a nonce per response, no unsafe-*, no foreign
 * origin, no HTML sinks), and what only documents use. `https`: browsers use `report-to` over TLS only, and then ignore
 * `report-uri`.
 */
export function createPageHeaders(https: boolean): (response: Response, nonce: string) => void {
  const headers: readonly Header[] = [
    ["Permissions-Policy", permissions.map((name) => `${name}=()`).join(", ")],
    ...helmetHeaders(https).filter(([name]) => pageNames.has(name)),
    ...(https ? [["Reporting-Endpoints", `${reportGroup}="${reportPath}"`] as const] : []),
  ];
  return (response, nonce) => {
    setHeaders(response, headers);
    response.setHeader("Content-Security-Policy", pagePolicy(nonce, https));
  };
}

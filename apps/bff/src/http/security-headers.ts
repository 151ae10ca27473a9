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

/**
 * Restricts a page to its own resources: a nonce per response, no unsafe-*, no foreign origin, no HTML sinks. `https`: browsers
 * use `report-to` over TLS only, and then ignore `report-uri`.
 */
export function setPagePolicy(response: Response, nonce: string, https: boolean): void {
  if (https) response.setHeader("Reporting-Endpoints", `${reportGroup}="${reportPath}"`);
  response.setHeader("Content-Security-Policy", pagePolicy(nonce, https));
}

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

/** Headers by helmet, computed once since none of them depends on the request. */
function helmetHeaders(https: boolean): ReadonlyMap<string, string> {
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
  return headers;
}

/** Sets the headers of every response, errors included. `https`: browsers reach us over TLS. */
export function securityHeaders(https: boolean) {
  const headers: readonly (readonly [string, string])[] = [
    ["Content-Security-Policy", closedPolicy],
    ["Permissions-Policy", permissions.map((name) => `${name}=()`).join(", ")],
    ["Cache-Control", "no-store"],
    ...helmetHeaders(https),
  ];
  return (_request: Request, response: Response, next: NextFunction): void => {
    for (const [name, value] of headers) response.setHeader(name, value);
    next();
  };
}

import { type Report, targetHostOf } from "@wsc-dashboard/wsc-core";

/** The host of the scanned target. */
export function reportHostOf({ scope, job }: Report): string {
  return targetHostOf(scope.target ?? job.startUrl);
}

/** Characters that the WHATWG serialisation keeps although RFC 3986 does not allow them after the host. */
const notInUri = /%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~!$&'()*+,;=:@/?%]/gu;

function percentEncoded(sign: string): string {
  return encodeURIComponent(sign).replace(/^[!'()*|]$/, (ascii) => `%${ascii.charCodeAt(0).toString(16)}`);
}

/** Percent-encodes a URL part after the host by RFC 3986 sections 3.3 to 3.5. Existing escapes are kept. */
const uriPart = (part: string): string => part.toWellFormed().replace(notInUri, percentEncoded);

/** The parts of an http or https URL by RFC 3986, without credentials. Each may be empty. */
export interface UriParts {
  readonly origin: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

/** Splits a finding's URL; `null` unless it is a web URL. */
export function uriPartsOf(url: string | null): UriParts | null {
  if (url === null || !URL.canParse(url)) return null;
  const { protocol, hostname, port, pathname, search, hash } = new URL(url);
  if (protocol !== "http:" && protocol !== "https:") return null;
  const host = hostname.startsWith("[") ? hostname : uriPart(hostname);
  return {
    origin: `${protocol}//${host}${port === "" ? "" : `:${port}`}`,
    host,
    path: uriPart(pathname),
    query: uriPart(search.slice(1)),
    fragment: uriPart(hash.slice(1)),
  };
}

/** Joins the parts to a URI; an empty query or fragment is omitted. */
export function uriOf({ origin, path, query, fragment }: UriParts): string {
  return `${origin}${path}${query === "" ? "" : `?${query}`}${fragment === "" ? "" : `#${fragment}`}`;
}

/** A finding's URL as a URI by RFC 3986; `null` unless it is a web URL. */
export function webUriOf(url: string | null): string | null {
  const parts = uriPartsOf(url);
  return parts === null ? null : uriOf(parts);
}

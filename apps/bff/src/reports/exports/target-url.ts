import { type Report, targetHostOf } from "@wsc-dashboard/wsc-core";

/** The host of the scanned target, as text. */
export function reportHostOf({ scope, job }: Report): string {
  return targetHostOf(scope.target ?? job.startUrl);
}

/** Signs that the WHATWG serialisation leaves as they are although RFC 3986 allows them nowhere behind the host. */
const notInUri = /%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~!$&'()*+,;=:@/?%]/gu;

function percentEncoded(sign: string): string {
  return encodeURIComponent(sign).replace(/^[!'()*|]$/, (ascii) => `%${ascii.charCodeAt(0).toString(16)}`);
}

/** A part of a URL behind its host, percent-encoded by RFC 3986 sections 3.3 to 3.5. What is encoded already stays. */
const uriPart = (part: string): string => part.toWellFormed().replace(notInUri, percentEncoded);

/** The parts of an http or https URL by RFC 3986, without user name and password. Each may be empty. */
export interface UriParts {
  readonly origin: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

/** Takes a finding's URL apart, or gives `null` when it is none for a web page. */
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

/** The URI of the parts; an empty query or fragment is left out. */
export function uriOf({ origin, path, query, fragment }: UriParts): string {
  return `${origin}${path}${query === "" ? "" : `?${query}`}${fragment === "" ? "" : `#${fragment}`}`;
}

/** A finding's URL as a URI by RFC 3986, in the form that machines read, or `null` when it is none for a web page. */
export function webUriOf(url: string | null): string | null {
  const parts = uriPartsOf(url);
  return parts === null ? null : uriOf(parts);
}

/** Returns the host (name and port) of a URL; URLs with the same host belong to the same target. */
export function targetHostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

/**
 * Characters that are invalid in a URL (RFC 3986) and that parsers treat differently: the WHATWG parser reads a backslash as a
 * slash, drops tabs, line ends and invisible characters of a host, and encodes the rest.
 */
const ambiguousSign = /[\\\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u;

/**
 * Returns whether a host, as serialised by the WHATWG parser, is a resolvable name or an address. The parser accepts characters
 * such as quotation marks, commas and semicolons, which other parsers take as the end of the host.
 */
export function isHostName(host: string): boolean {
  if (host.startsWith("[")) return host.endsWith("]");
  const labels = host.replace(/\.$/, "").split(".");
  return labels.every((label) => /^[a-z0-9_-]{1,63}$/.test(label) && /[a-z0-9]/.test(label));
}

/**
 * Returns the WHATWG serialisation of an absolute http or https URL: the one text that is judged, shown and sent. `null` if it is
 * not such a URL, has a user name or password, or could be read as another URL by another parser.
 */
export function readWebUrl(text: string): string | null {
  if (!/^https?:\/\/[^/?#]/i.test(text) || ambiguousSign.test(text) || !URL.canParse(text)) return null;
  const authority = text.slice(text.indexOf("//") + 2).split(/[/?#]/, 1)[0] ?? "";
  if (authority.includes("@")) return null;
  const url = new URL(text);
  return isHostName(url.hostname) && url.port !== "0" ? url.href : null;
}

/** Returns whether the text is an absolute, unambiguous http or https URL without user name and password. */
export function isWebUrl(text: string): boolean {
  return readWebUrl(text) !== null;
}

/**
 * Returns the target host (name and port) from a host or URL that a person typed; `null` if it is neither. The default port is
 * omitted, as in `targetHostOf`.
 */
export function readTargetHost(text: string): string | null {
  const written = text.trim();
  const url = readWebUrl(/^https?:\/\//i.test(written) ? written : `https://${written}`);
  if (url === null) return null;
  const { host, pathname, search, hash } = new URL(url);
  const isHostAlone = !/[/?#]/.test(written) && pathname === "/" && search === "" && hash === "";
  return isHostAlone || /^https?:\/\//i.test(written) ? host : null;
}

/** Returns whether an allowlist of patterns permits scanning a URL; an empty list permits every host. */
export function isTargetAllowed(url: string, allowlist: readonly string[]): boolean {
  return allowlist.length === 0 || allowlist.some((pattern) => hostMatchesPattern(targetHostOf(url), pattern));
}

/**
 * Returns whether a host matches an allowlist pattern: an exact name, or "*.example.com" for every name below it. A pattern
 * without a port matches every port.
 */
export function hostMatchesPattern(host: string, pattern: string): boolean {
  const wanted = pattern.trim().toLowerCase();
  const withPort = /:\d+$/.test(wanted);
  const name = (withPort ? host : host.replace(/:\d+$/, "")).toLowerCase();
  return wanted.startsWith("*.") ? name.endsWith(wanted.slice(1)) && name.length > wanted.length - 1 : name === wanted;
}

/**
 * Returns whether a host (name and port) is the one a report names, as a host or as a URL. A name without a port matches every
 * port.
 */
export function matchesHost(host: string, named: string): boolean {
  return hostMatcher(named)(host);
}

/** Compiles `matchesHost` for one name and any number of hosts. */
export function hostMatcher(named: string): (host: string) => boolean {
  const text = named.trim();
  if (/^https?:\/\//i.test(text)) {
    const target = targetHostOf(text);
    return (host) => host === target;
  }
  const wanted = URL.canParse(`http://${text}`) ? new URL(`http://${text}`) : null;
  if (wanted === null) return () => false;
  const { host: withPort, hostname } = wanted;
  return wanted.port === "" && !text.endsWith(":80")
    ? (host) => host.replace(/:\d+$/, "") === hostname
    : (host) => host === withPort;
}

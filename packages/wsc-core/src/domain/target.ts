/** Two URLs belong to the same target when their hosts (name and port) are the same. */
export function targetHostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

/**
 * Signs that have no place in a URL (RFC 3986) and that parsers read differently: the WHATWG parser takes a backslash for a
 * slash, drops tabs, line ends and invisible signs of a host, and encodes the rest.
 */
const ambiguousSign = /[\\\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u;

/**
 * Whether a host as the WHATWG parser writes it is a name that can be looked up, or an address. The parser lets signs such as
 * quotation marks, commas and semicolons through, which others read as the end of the host.
 */
export function isHostName(host: string): boolean {
  if (host.startsWith("[")) return host.endsWith("]");
  const labels = host.replace(/\.$/, "").split(".");
  return labels.every((label) => /^[a-z0-9_-]{1,63}$/.test(label) && /[a-z0-9]/.test(label));
}

/**
 * The one text in which an absolute http or https URL is judged, shown and sent: its WHATWG serialisation. `null` for a text
 * that is no such URL, that has a user name or password, or that another parser could read as another URL.
 */
export function readWebUrl(text: string): string | null {
  if (!/^https?:\/\/[^/?#]/i.test(text) || ambiguousSign.test(text) || !URL.canParse(text)) return null;
  const authority = text.slice(text.indexOf("//") + 2).split(/[/?#]/, 1)[0] ?? "";
  if (authority.includes("@")) return null;
  const url = new URL(text);
  return isHostName(url.hostname) && url.port !== "0" ? url.href : null;
}

/** Whether the text is an absolute http or https URL with one reading and without a user name or password in it. */
export function isWebUrl(text: string): boolean {
  return readWebUrl(text) !== null;
}

/**
 * A host (name and port) as targets are called, from a host or an address that a person wrote; `null` for a text that is neither.
 * The port of the scheme is left out, as in `targetHostOf`.
 */
export function readTargetHost(text: string): string | null {
  const written = text.trim();
  const url = readWebUrl(/^https?:\/\//i.test(written) ? written : `https://${written}`);
  if (url === null) return null;
  const { host, pathname, search, hash } = new URL(url);
  const isHostAlone = !/[/?#]/.test(written) && pathname === "/" && search === "" && hash === "";
  return isHostAlone || /^https?:\/\//i.test(written) ? host : null;
}

/** Whether a URL may be scanned by an allowlist of patterns; an empty list allows every host. */
export function isTargetAllowed(url: string, allowlist: readonly string[]): boolean {
  return allowlist.length === 0 || allowlist.some((pattern) => hostMatchesPattern(targetHostOf(url), pattern));
}

/**
 * Whether a host is matched by an allowlist pattern: an exact name, or "*.example.com" for every name below it.
 * A pattern without a port matches every port.
 */
export function hostMatchesPattern(host: string, pattern: string): boolean {
  const wanted = pattern.trim().toLowerCase();
  const withPort = /:\d+$/.test(wanted);
  const name = (withPort ? host : host.replace(/:\d+$/, "")).toLowerCase();
  return wanted.startsWith("*.") ? name.endsWith(wanted.slice(1)) && name.length > wanted.length - 1 : name === wanted;
}

/**
 * Whether a host (name and port) is the one a report names, as a host or as a URL. A bare name without a port stands for every
 * port.
 */
export function matchesHost(host: string, named: string): boolean {
  return hostMatcher(named)(host);
}

/** `matchesHost` for one name and any number of hosts. */
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

/** Two URLs belong to the same target when their hosts (name and port) are the same. */
export function targetHostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

/** Whether the text is an absolute http or https URL without a user name or password in it. */
export function isWebUrl(text: string): boolean {
  if (!/^https?:\/\/[^\s/?#]/i.test(text) || !URL.canParse(text)) return false;
  const url = new URL(text);
  return url.hostname !== "" && url.username === "" && url.password === "";
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
  const text = named.trim();
  if (/^https?:\/\//i.test(text)) return targetHostOf(text) === host;
  const wanted = URL.canParse(`http://${text}`) ? new URL(`http://${text}`) : null;
  if (wanted === null) return false;
  return wanted.port === "" && !text.endsWith(":80")
    ? host.replace(/:\d+$/, "") === wanted.hostname
    : host === wanted.host;
}

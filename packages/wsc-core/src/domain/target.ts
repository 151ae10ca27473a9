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

const maxUrlLength = 2_000;

/**
 * Parses an absolute http or https URL, without its fragment, user name and password; `null` for any other URL and for one longer
 * than servers accept.
 */
export function readHttpUrl(raw: string, base?: URL): URL | null {
  const url = raw.length > maxUrlLength ? null : URL.parse(raw.trim(), base?.href);
  if (url === null || !/^https?:$/.test(url.protocol) || url.href.length > maxUrlLength) return null;
  url.hash = "";
  url.username = "";
  url.password = "";
  return url;
}

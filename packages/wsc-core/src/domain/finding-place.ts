/** Session ids that servers write into paths; another one in every run. */
const sessionParameter = /;(?:jsessionid|phpsessid|sessionid|sid)(?:=[^/;]*)?(?=[/;]|$)/gi;

/** Percent signs as RFC 3986 section 6.2.2 normalises them: unreserved characters plain, the rest in capitals. */
function normalisePath(path: string): string {
  return path.replace(sessionParameter, "").replace(/%[0-9a-f]{2}/gi, (encoded) => {
    const sign = String.fromCharCode(Number.parseInt(encoded.slice(1), 16));
    return /[A-Za-z0-9._~-]/.test(sign) ? sign : encoded.toUpperCase();
  });
}

/**
 * The place that a URL names whatever changes from run to run: scheme, host without the usual port, path. Query, fragment,
 * user name and session ids are left out; case and spelling of scheme, host and percent signs make no difference.
 */
export function placeOf(url: string | null): string {
  if (url === null) return "";
  const text = url.trim();
  if (!URL.canParse(text)) return normalisePath(text.split(/[?#]/)[0] ?? "").trim();
  const { protocol, host, pathname } = new URL(text);
  if (host === "") return `${protocol}${normalisePath(pathname)}`;
  return `${protocol}//${host}${normalisePath(pathname)}`;
}

/** Host (name and port) and path of a URL, without query and fragment. What is no URL with a host is a path as a whole. */
export function urlPartsOf(url: string): { readonly host: string; readonly path: string } {
  const text = url.trim();
  const parsed = URL.canParse(text) ? new URL(text) : null;
  if (parsed === null || parsed.host === "") return { host: "", path: text.split(/[?#]/)[0] ?? "" };
  return { host: parsed.host, path: parsed.pathname };
}

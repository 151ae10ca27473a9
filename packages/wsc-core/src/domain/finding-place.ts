import { remembered } from "./remembered.ts";

/** Session ids in paths, which differ in every run. */
const sessionParameter = /;(?:jsessionid|phpsessid|sessionid|sid)(?:=[^/;]*)?(?=[/;]|$)/gi;

/** Normalises percent-encoding as in RFC 3986 section 6.2.2: unreserved characters decoded, hex digits in upper case. */
function normalisePath(path: string): string {
  return path.replace(sessionParameter, "").replace(/%[0-9a-f]{2}/gi, (encoded) => {
    const sign = String.fromCharCode(Number.parseInt(encoded.slice(1), 16));
    return /[A-Za-z0-9._~-]/.test(sign) ? sign : encoded.toUpperCase();
  });
}

/**
 * Returns the part of a URL that stays the same between runs: scheme, host without default port, path. Query, fragment, user name
 * and session ids are removed; case and encoding are normalised.
 */
export function placeOf(url: string | null): string {
  if (url === null) return "";
  const text = url.trim();
  if (!URL.canParse(text)) return normalisePath(text.split(/[?#]/)[0] ?? "").trim();
  const { protocol, host, pathname } = new URL(text);
  if (host === "") return `${protocol}${normalisePath(pathname)}`;
  return `${protocol}//${host}${normalisePath(pathname)}`;
}

const hostOf = remembered((origin: string) => (URL.canParse(origin) ? new URL(origin).host : ""));
/** A URL whose path the parser leaves unchanged, unless it has dot segments. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the parser drops them at the end of an origin, but not within a URL
const plainUrl = /^(https?:\/\/[^/\\?#\s@\u0000-\u001f]{1,255})(\/[\w.~!$&'()*+,;=:@%/-]*)?(?:[?#]|$)/i;
const dotSegment = /\/(?:\.|%2e)/i;

/** Returns host (name and port) and path of a URL, without query and fragment. Text without a host is all path. */
export function urlPartsOf(url: string): { readonly host: string; readonly path: string } {
  const text = url.trim();
  // Parsing every URL of a long report takes longer than drawing it, and its hosts are few.
  const [, origin, path = "/"] = plainUrl.exec(text) ?? [];
  const host = origin === undefined || dotSegment.test(path) ? "" : hostOf(origin);
  if (host !== "") return { host, path };
  const parsed = URL.canParse(text) ? new URL(text) : null;
  if (parsed === null || parsed.host === "") return { host: "", path: text.split(/[?#]/)[0] ?? "" };
  return { host: parsed.host, path: parsed.pathname };
}

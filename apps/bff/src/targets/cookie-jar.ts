import { type Cookie, CookieJar } from "tough-cookie";

/** Characters allowed in a header value (RFC 9110 section 5.5). */
const headerText = /^[\x20-\x7e\x80-\xff]*$/;

/** A cookie jar for one visit to a target. */
export const newJar = (): CookieJar => new CookieJar(undefined, { allowSpecialUseDomain: true, looseMode: true });

/** Stores a cookie as a browser would; ignores one that is invalid or not for this URL. */
export async function keepCookie(jar: CookieJar, line: string, url: string): Promise<void> {
  await jar.setCookie(line, url, { ignoreError: true });
}

/** The cookies that a browser would send to the target, whatever their path: the scanner sends one header to every page. */
export function cookiesFor(jar: CookieJar, startUrl: string): Promise<readonly Cookie[]> {
  return jar.getCookies(startUrl, { allPaths: true });
}

/** The value of a Cookie header, without cookies that a header cannot contain. */
export function cookieHeader(cookies: readonly Cookie[]): string {
  return cookies
    .map((cookie) => cookie.cookieString())
    .filter((pair) => headerText.test(pair))
    .join("; ");
}

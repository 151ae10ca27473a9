import { type Cookie, CookieJar } from "tough-cookie";

/** What may stand in a header (RFC 9110 section 5.5). */
const headerText = /^[\x20-\x7e\x80-\xff]*$/;

/** A jar for one visit to a target. */
export const newJar = (): CookieJar => new CookieJar(undefined, { allowSpecialUseDomain: true, looseMode: true });

/** Keeps a cookie as a browser would; one that is not meant for the URL, or is no cookie, is ignored. */
export async function keepCookie(jar: CookieJar, line: string, url: string): Promise<void> {
  await jar.setCookie(line, url, { ignoreError: true });
}

/** The cookies a browser would send to the target; paths aside, since the scanner sends one header to every page. */
export function cookiesFor(jar: CookieJar, startUrl: string): Promise<readonly Cookie[]> {
  return jar.getCookies(startUrl, { allPaths: true });
}

/** The value of a Cookie header; what cannot stand in one is left out. */
export function cookieHeader(cookies: readonly Cookie[]): string {
  return cookies
    .map((cookie) => cookie.cookieString())
    .filter((pair) => headerText.test(pair))
    .join("; ");
}

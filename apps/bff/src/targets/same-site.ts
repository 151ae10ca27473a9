import { isIP } from "node:net";
import { getPublicSuffix } from "tough-cookie";

const siteOf = (hostname: string): string | undefined =>
  getPublicSuffix(hostname, { allowSpecialUseDomain: true, ignoreError: true });

/** Whether two URLs belong to one owner: same host, or same registrable domain. */
export function isSameSite(left: URL, right: URL): boolean {
  if (left.hostname === right.hostname) return true;
  if ([left, right].some(({ hostname }) => isIP(hostname.replace(/^\[|\]$/g, "")) !== 0)) return false;
  const site = siteOf(left.hostname);
  return site !== undefined && site === siteOf(right.hostname);
}

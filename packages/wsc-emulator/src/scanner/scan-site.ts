import { crawlSite } from "./crawl-site.ts";
import { probeSite } from "./probe-site.ts";
import { defaultScannerLimits, type ScannerLimits } from "./scanner-limits.ts";
import type { SiteScanner } from "./site-scanner.ts";

/** A scanner whose pauses and limits differ from the usual ones where `limits` says so. */
export function createSiteScanner(limits: Partial<ScannerLimits> = {}): SiteScanner {
  const effective = { ...defaultScannerLimits, ...limits };
  return {
    crawl: (request, onPage) => crawlSite(request, effective, onPage),
    probe: (request, crawl, onProgress) => probeSite(request, crawl, effective, onProgress),
  };
}

export const siteScanner: SiteScanner = createSiteScanner();

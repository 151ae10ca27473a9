import { crawlSite } from "./crawl-site.ts";
import { probeSite } from "./probe-site.ts";
import { defaultScannerLimits, type ScannerLimits } from "./scanner-limits.ts";
import type { SiteScanner } from "./site-scanner.ts";

/** Creates a scanner; `limits` overrides the default pauses and limits. */
export function createSiteScanner(limits: Partial<ScannerLimits> = {}): SiteScanner {
  const effective = { ...defaultScannerLimits, ...limits };
  return {
    crawl: (request, onPage) => crawlSite(request, effective, onPage),
    probe: (request, crawl, onProgress) => probeSite(request, crawl, effective, onProgress),
  };
}

export const siteScanner: SiteScanner = createSiteScanner();

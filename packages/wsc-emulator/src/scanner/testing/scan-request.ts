import { createSiteScanner } from "../scan-site.ts";
import type { ScannerLimits } from "../scanner-limits.ts";
import type { ScanFinding, ScanRequest } from "../site-scanner.ts";

const noPauses = { pauseMs: { "1": 0, "2": 0, "3": 0 } } as const;

export function scanRequest(startUrl: string, changes: Partial<ScanRequest> = {}): ScanRequest {
  return {
    startUrl,
    excludeUrls: [],
    headers: {},
    items: ["ALL"],
    userAgent: "PC Chrome",
    speed: "1",
    isHostAllowed: (host) => host === "127.0.0.1",
    signal: new AbortController().signal,
    ...changes,
  };
}

export function testScanner(limits: Partial<ScannerLimits> = {}) {
  return createSiteScanner({ ...noPauses, ...limits });
}

/** Crawls and probes without pauses. */
export async function scanAll(
  request: ScanRequest,
  limits: Partial<ScannerLimits> = {},
): Promise<readonly ScanFinding[]> {
  const scanner = testScanner(limits);
  return scanner.probe(request, await scanner.crawl(request, () => {}), () => {});
}

/** Returns a finding without its evidence as one line, for comparing sets. */
export function findingLine(finding: Pick<ScanFinding, "item" | "method" | "url" | "parameter">): string {
  return `${finding.item} ${finding.method} ${new URL(finding.url).pathname} ${finding.parameter}`;
}

import { createExclusionRule } from "@wsc-dashboard/wsc-core";
import { allChecks } from "./checks/all-checks.ts";
import type { Check, Judgement, ProbeExchange } from "./checks/check.ts";
import { startUrlOf } from "./crawl-site.ts";
import {
  type EntryPoint,
  entryPointOfForm,
  entryPointOfUrl,
  identityOf,
  type ProbePoint,
  probePoints,
  requestFor,
  shapeOf,
} from "./entry-point.ts";
import { evidenceText } from "./evidence.ts";
import { createPageFetcher, type FetchedPage, type FetchPage, type PageRequest } from "./fetch-page.ts";
import type { ScannerLimits } from "./scanner-limits.ts";
import type { CrawledPage, CrawlResult, ScanFinding, ScanRequest } from "./site-scanner.ts";
import { watchTarget } from "./watch-target.ts";

/**
 * Runs the requested checks on every parameter of every crawled URL and form, one parameter at a time. Forms that change
 * something are sent too, as in a real diagnosis: exclude what must not be touched.
 */
export async function probeSite(
  request: ScanRequest,
  crawl: CrawlResult,
  limits: ScannerLimits,
  onProgress: (percent: number, findings: readonly ScanFinding[]) => void,
): Promise<readonly ScanFinding[]> {
  const start = startUrlOf(request);
  const isExcluded = createExclusionRule(request.excludeUrls, request.startUrl);
  const fetchPage = watchTarget(createPageFetcher(request, limits), start, limits.maxSilentRequests);
  const checks = allChecks.filter((check) => request.items.includes("ALL") || request.items.includes(check.item));
  const points = entryPointsToProbe(crawl.pages, limits.maxVariantsProbed)
    .filter((entry) => new URL(entry.url).origin === start.origin && !isExcluded(requestFor(entry).url))
    .flatMap(probePoints);

  const findings = new Map<string, ScanFinding>();
  const steps = points.length * checks.length;
  let done = 0;
  for (const point of points) {
    for (const check of checks) {
      request.signal.throwIfAborted();
      const { method, url } = point.entry;
      const key = JSON.stringify([check.item, method, url, point.parameter]);
      if (!findings.has(key)) {
        const judgement = await runCheck(check, point, fetchPage, limits.maxRedirects);
        if (judgement.kind === "finding") {
          findings.set(key, {
            item: check.item,
            risk: judgement.risk,
            url,
            method,
            parameter: point.parameter,
            evidence: evidenceText(request, judgement),
          });
        }
      }
      done += 1;
      onProgress(Math.floor((done / steps) * 100), [...findings.values()]);
    }
  }
  request.signal.throwIfAborted();
  if (steps === 0) onProgress(100, []);
  return [...findings.values()];
}

/** Returns each request once, and only the first few of those that differ in values alone. */
function entryPointsToProbe(pages: readonly CrawledPage[], maxVariants: number): EntryPoint[] {
  const seen = new Set<string>();
  const variants = new Map<string, number>();
  return pages
    .flatMap((page) => [entryPointOfUrl(page.url), ...page.forms.map(entryPointOfForm)])
    .filter((entry) => {
      const identity = identityOf(entry);
      if (seen.has(identity)) return false;
      seen.add(identity);
      const shape = shapeOf(entry);
      const count = (variants.get(shape) ?? 0) + 1;
      variants.set(shape, count);
      return count <= maxVariants;
    });
}

async function runCheck(
  check: Check,
  point: ProbePoint,
  fetchPage: FetchPage,
  maxRedirects: number,
): Promise<Judgement> {
  const exchanges: ProbeExchange[] = [];
  for (const probe of check.probesFor(point)) {
    const sent = requestFor(point.entry, point, probe.value);
    exchanges.push({ probe, request: sent, page: await fetchShownPage(sent, fetchPage, maxRedirects) });
    const judgement = check.judge(exchanges);
    if (judgement.kind !== "undecided") return judgement;
  }
  return { kind: "clean" };
}

/** Returns the page on which a browser would end, if every redirect stays within the allowed range. */
async function fetchShownPage(
  first: PageRequest,
  fetchPage: FetchPage,
  maxRedirects: number,
): Promise<FetchedPage | null> {
  let request = first;
  for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
    const outcome = await fetchPage(request);
    if (outcome.kind !== "page") return null;
    const { status, redirectTo } = outcome.page;
    if (redirectTo === null) return outcome.page;
    request = status === 307 || status === 308 ? { ...request, url: redirectTo } : { method: "GET", url: redirectTo };
  }
  return null;
}

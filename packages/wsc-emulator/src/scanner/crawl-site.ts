import { type EntryPoint, entryPointOfForm, entryPointOfUrl, identityOf, requestFor, shapeOf } from "./entry-point.ts";
import { createPageFetcher, type FetchedPage } from "./fetch-page.ts";
import { readHttpUrl } from "./http-url.ts";
import { readPageLinks } from "./page-links.ts";
import type { ScannerLimits } from "./scanner-limits.ts";
import type { CrawledPage, CrawlResult, ScanRequest } from "./site-scanner.ts";
import { TargetUnreachable } from "./target-unreachable.ts";
import { isShownAsHtml } from "./walk-html.ts";
import { watchTarget } from "./watch-target.ts";

interface QueuedUrl {
  url: URL;
  depth: number;
  /** The start URL and its redirects: without them there is nothing to scan. */
  isStart: boolean;
}

const maxDomainsListed = 200;
const maxQueueLength = 5_000;

/**
 * Collects the pages of one origin, breadth first. Follows links and GET forms with their usual values; POST forms are only
 * recorded. A sign-out link is followed like any other: exclude it to stay signed in.
 */
export async function crawlSite(
  request: ScanRequest,
  limits: ScannerLimits,
  onPage: (crawledCount: number) => void,
): Promise<CrawlResult> {
  const start = startUrlOf(request);
  const fetchPage = watchTarget(createPageFetcher(request, limits), start, limits.maxSilentRequests);
  const isNew = createVariantFilter(limits);
  const pages: CrawledPage[] = [];
  const otherDomains = new Set<string>();
  const queue: QueuedUrl[] = [];

  const enqueue = (url: URL, depth: number, isStart = false) => {
    if (url.origin !== start.origin) {
      if (isStart) throw new TargetUnreachable(`The start page leads to another origin: ${url.origin}`);
      if (otherDomains.size < maxDomainsListed) otherDomains.add(url.host === start.host ? url.origin : url.host);
    } else if (depth <= limits.maxDepth && queue.length < maxQueueLength && isNew(entryPointOfUrl(url.href))) {
      queue.push({ url, depth, isStart });
    }
  };

  enqueue(start, 0, true);
  for (let next = queue.shift(); next !== undefined && pages.length < limits.maxPages; next = queue.shift()) {
    const outcome = await fetchPage({ method: "GET", url: next.url });
    if (outcome.kind === "refused") {
      if (next.isStart) throw new TargetUnreachable("The start page is excluded or its host is not allowed");
      continue;
    }
    if (outcome.kind === "silent") {
      if (next.isStart) throw new TargetUnreachable(`The start page did not answer: ${outcome.reason}`);
      continue;
    }
    const answer = outcome.page;
    if (next.isStart && answer.status >= 500) throw new TargetUnreachable(`The start page answered ${answer.status}`);

    const page = readCrawledPage(answer, next.url);
    pages.push(page.crawled);
    onPage(pages.length);
    if (answer.redirectTo !== null) {
      enqueue(answer.redirectTo, next.depth + 1, next.isStart);
    }
    for (const url of page.links) enqueue(url, next.depth + 1);
  }

  return { pages, scannedDomains: [start.host], notScannedDomains: [...otherDomains] };
}

function readCrawledPage(answer: FetchedPage, url: URL): { crawled: CrawledPage; links: readonly URL[] } {
  const isHtml = isShownAsHtml(answer.headers, answer.body);
  const { links, forms } = isHtml ? readPageLinks(answer.body, url) : { links: [], forms: [] };
  const fromForms = forms
    .filter((form) => form.method === "GET" || new URL(form.action).origin !== url.origin)
    .map((form) => requestFor(entryPointOfForm(form)).url);
  return { crawled: { url: url.href, status: answer.status, forms }, links: [...links, ...fromForms] };
}

/** Returns the start URL as requested: without fragment, user name and password. */
export function startUrlOf(request: Pick<ScanRequest, "startUrl">): URL {
  const start = readHttpUrl(request.startUrl);
  if (start === null) throw new TargetUnreachable("The start URL is no http or https URL");
  return start;
}

/** Allows each request once, and a limited number of requests that differ only in values or numbers. */
function createVariantFilter(limits: Pick<ScannerLimits, "maxVariantsCrawled" | "maxNumberedPaths">) {
  const seen = new Set<string>();
  const families = new Map<string, number>();
  const takesPlace = (family: string, limit: number) => {
    const count = families.get(family) ?? 0;
    families.set(family, count + 1);
    return count < limit;
  };
  return (entry: EntryPoint): boolean => {
    const identity = identityOf(entry);
    if (seen.has(identity)) return false;
    seen.add(identity);
    const path = new URL(entry.url).pathname;
    const numbered = path.replace(/\d+/g, "#");
    if (entry.query.length > 0 && !takesPlace(`query ${shapeOf(entry)}`, limits.maxVariantsCrawled)) return false;
    const isNewPath = !seen.has(`path ${path}`);
    seen.add(`path ${path}`);
    return numbered === path || !isNewPath || takesPlace(`path ${numbered}`, limits.maxNumberedPaths);
  };
}

/** Input of a scan. The names are those of the wire (docs/upstream-api.md section 6.2). */
export interface ScanRequest {
  /** Absolute http or https URL. Only its origin is ever asked. */
  startUrl: string;
  /** Absolute URLs; each excludes itself and, without a query, everything below it. */
  excludeUrls: readonly string[];
  /** Sent with every request; their values appear in no finding. */
  headers: Readonly<Record<string, string>>;
  /** Items to look for; "ALL" means every check there is, an item without a check finds nothing. */
  items: readonly string[];
  /** One of the reserved words, for example "PC Chrome". */
  userAgent: string;
  /** "1" pauses longest between two requests, "3" not at all. */
  speed: "1" | "2" | "3";
  /** Called before every request and redirect with a host name: no port, IPv6 in brackets, lower case. */
  isHostAllowed: (host: string) => boolean;
  /** Aborts the crawl or the probing; the promise then rejects with the signal's reason. */
  signal: AbortSignal;
}

/** A field of a form with the value the page gives it, or a plausible one where it gives none. */
export interface FormField {
  name: string;
  value: string;
}

export interface PageForm {
  method: "GET" | "POST";
  /** Absolute URL without fragment. */
  action: string;
  fields: readonly FormField[];
}

export interface CrawledPage {
  /** Absolute URL as requested, without fragment. A redirect is a separate page. */
  url: string;
  status: number;
  forms: readonly PageForm[];
}

export interface CrawlResult {
  pages: readonly CrawledPage[];
  /** Hosts that responded (with the port unless it is the scheme's default). */
  scannedDomains: readonly string[];
  /** Hosts to which pages led, but which were not requested. */
  notScannedDomains: readonly string[];
}

export interface ScanFinding {
  item: string;
  risk: "High" | "Medium" | "Low";
  /** Without query. */
  url: string;
  method: string;
  parameter: string;
  /** Request and response as text, with sign-in data replaced by [REDACTED]. Comes from the scanned site: hostile. */
  evidence: string;
}

export interface SiteScanner {
  /** Rejects with TargetUnreachable if the start page cannot be read or the site stops responding. */
  crawl(request: ScanRequest, onPage: (crawledCount: number) => void): Promise<CrawlResult>;
  /** Reports a percentage that never falls; rejects with TargetUnreachable when the site stops answering. */
  probe(
    request: ScanRequest,
    crawl: CrawlResult,
    onProgress: (percent: number, findings: readonly ScanFinding[]) => void,
  ): Promise<readonly ScanFinding[]>;
}

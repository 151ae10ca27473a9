import type { ScanRequest } from "./site-scanner.ts";

/** Limits that keep a scan finite and its load low. Times in milliseconds, sizes in bytes. */
export interface ScannerLimits {
  pauseMs: Readonly<Record<ScanRequest["speed"], number>>;
  requestTimeoutMs: number;
  maxBodyBytes: number;
  maxPages: number;
  /** Clicks from the start page. */
  maxDepth: number;
  maxRedirects: number;
  /** Crawled query variants per path; bounds endless pages such as calendars. */
  maxVariantsCrawled: number;
  /** Crawled paths that differ only in numbers; bounds calendars in paths. */
  maxNumberedPaths: number;
  /** Probed variants per path or form. */
  maxVariantsProbed: number;
  /** Consecutive requests without a response after which the target counts as unreachable. */
  maxSilentRequests: number;
}

export const defaultScannerLimits: ScannerLimits = {
  pauseMs: { "1": 10, "2": 4, "3": 0 },
  requestTimeoutMs: 5_000,
  maxBodyBytes: 2 * 1024 * 1024,
  maxPages: 500,
  maxDepth: 12,
  maxRedirects: 5,
  maxVariantsCrawled: 30,
  maxNumberedPaths: 60,
  maxVariantsProbed: 3,
  maxSilentRequests: 10,
};

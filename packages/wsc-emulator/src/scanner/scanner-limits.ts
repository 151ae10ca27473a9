import type { ScanRequest } from "./site-scanner.ts";

/** Bounds that keep a scan finite and polite. Times in milliseconds, sizes in bytes. */
export interface ScannerLimits {
  pauseMs: Readonly<Record<ScanRequest["speed"], number>>;
  requestTimeoutMs: number;
  maxBodyBytes: number;
  maxPages: number;
  /** Clicks from the start page. */
  maxDepth: number;
  maxRedirects: number;
  /** Query variants of one path that are crawled, so that a calendar ends. */
  maxVariantsCrawled: number;
  /** Paths that differ only in their numbers, so that a calendar of paths ends too. */
  maxNumberedPaths: number;
  /** Variants of one path or form whose parameters are probed. */
  maxVariantsProbed: number;
  /** Requests without any answer in a row after which the target counts as gone. */
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

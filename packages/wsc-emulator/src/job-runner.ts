import { hostMatchesPattern } from "@wsc-dashboard/wsc-core";
import { freezeCounts, type JobRecord, mayMove, moveJob } from "./job-record.ts";
import { PhaseTimer, phaseShares } from "./phase-timer.ts";
import type { ScanRequest, SiteScanner } from "./scanner/site-scanner.ts";
import { TargetUnreachable } from "./scanner/target-unreachable.ts";
import type { SettingsStore } from "./settings.ts";

/** Returns whether a host, with or without a port, is one of the account's own servers. */
export function isOwnHost(host: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => hostMatchesPattern(host, pattern));
}

export interface JobRunnerParts {
  readonly settings: SettingsStore;
  readonly scanner: SiteScanner;
  /** The gateway's clock in milliseconds. */
  readonly now: () => number;
  /** Called when the scanner fails for a reason other than the target. */
  readonly onScannerError: (error: unknown) => void;
}

interface Run {
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

/** Moves jobs through 12, 13, 14, 2, 3 and 4 by real scans; cancels and stops them. */
export class JobRunner {
  readonly #parts: JobRunnerParts;
  readonly #runs = new Map<JobRecord, Run>();
  readonly #settling = new Set<Promise<void>>();
  readonly #closing = new AbortController();

  constructor(parts: JobRunnerParts) {
    this.#parts = parts;
  }

  start(record: JobRecord): void {
    const controller = new AbortController();
    const signal = AbortSignal.any([controller.signal, this.#closing.signal]);
    const done = this.#run(record, signal)
      .catch((error: unknown) => this.#parts.onScannerError(error))
      .finally(() => this.#runs.delete(record));
    this.#runs.set(record, { controller, done });
  }

  /** Moves 12, 14 and 2 to 91. Returns `false` in any other state. */
  cancel(record: JobRecord): boolean {
    if (!mayMove(record, 91)) return false;
    moveJob(record, 91, this.#parts.now());
    this.#runs.get(record)?.controller.abort();
    return true;
  }

  /** Moves 13, 14 and 3 to 92 and, once the scan has ended, to 93. Returns `false` in any other state. */
  stop(record: JobRecord): boolean {
    if (!mayMove(record, 92)) return false;
    freezeCounts(record);
    moveJob(record, 92, this.#parts.now());
    const run = this.#runs.get(record);
    run?.controller.abort();
    const settled = this.#settle(record, run).finally(() => this.#settling.delete(settled));
    this.#settling.add(settled);
    return true;
  }

  /** Aborts every scan, leaving the jobs unchanged, and waits until all have ended. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([...[...this.#runs.values()].map(({ done }) => done), ...this.#settling]);
  }

  /** Aborts every scan like `close`, but further jobs may be started. */
  async abandon(): Promise<void> {
    const runs = [...this.#runs.values()];
    for (const { controller } of runs) controller.abort();
    await Promise.all(runs.map(({ done }) => done));
  }

  async #settle(record: JobRecord, run: Run | undefined): Promise<void> {
    const timer = new PhaseTimer(this.#parts.settings, phaseShares.stopping);
    await run?.done;
    await timer.over(this.#closing.signal);
    if (!this.#closing.signal.aborted) moveJob(record, 93, this.#parts.now());
  }

  async #run(record: JobRecord, signal: AbortSignal): Promise<void> {
    const { scanner, now } = this.#parts;
    const speedUp = Number(record.order.speed);
    const request = this.#requestOf(record, signal);

    await this.#pause(phaseShares.waiting, signal);
    if (signal.aborted) return;
    moveJob(record, 13, now());
    const crawl = await this.#phase(record, phaseShares.crawling / speedUp, signal, () =>
      scanner.crawl(request, (crawledCount) => {
        if (!signal.aborted) record.crawlCount = crawledCount;
      }),
    );
    if (signal.aborted) return;
    if (crawl === null) return moveJob(record, 15, now());
    record.scannedDomains = crawl.scannedDomains;
    record.notScannedDomains = crawl.notScannedDomains;
    moveJob(record, 14, now());

    await this.#pause(phaseShares.betweenPhases, signal);
    if (signal.aborted) return;
    moveJob(record, 2, now());
    await this.#pause(phaseShares.betweenPhases, signal);
    if (signal.aborted) return;

    moveJob(record, 3, now());
    const findings = await this.#phase(record, phaseShares.scanning / speedUp, signal, () =>
      scanner.probe(request, crawl, (percent, findingsSoFar) => {
        if (signal.aborted) return;
        record.progress = Math.max(record.progress, Math.min(100, Math.floor(percent)));
        record.findings = findingsSoFar;
      }),
    );
    if (signal.aborted) return;
    if (findings === null) return moveJob(record, 5, now());
    record.findings = findings;
    record.progress = 100;
    moveJob(record, 4, now());
  }

  /** Runs a phase of the scan for at least its minimum duration; `null` if it fails. */
  async #phase<T>(record: JobRecord, share: number, signal: AbortSignal, work: () => Promise<T>): Promise<T | null> {
    const timer = new PhaseTimer(this.#parts.settings, share);
    record.shownShare = () => timer.elapsedShare();
    let result: T | null = null;
    try {
      result = await work();
    } catch (error) {
      if (!signal.aborted && !(error instanceof TargetUnreachable)) this.#parts.onScannerError(error);
    }
    await timer.over(signal);
    record.shownShare = () => 1;
    return result;
  }

  #pause(share: number, signal: AbortSignal): Promise<void> {
    return new PhaseTimer(this.#parts.settings, share).over(signal);
  }

  #requestOf({ order }: JobRecord, signal: AbortSignal): ScanRequest {
    const { startUrl, excludeUrls, headers, items, userAgent, speed } = order;
    const isHostAllowed = (host: string): boolean => isOwnHost(host, this.#parts.settings.values.allowedHosts);
    return { startUrl, excludeUrls, headers, items, userAgent, speed, isHostAllowed, signal };
  }
}

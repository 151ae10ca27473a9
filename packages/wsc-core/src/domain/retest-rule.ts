import type { NotRetestedReason } from "./comparison.ts";
import { coverageOf } from "./coverage.ts";
import { createExclusionRule } from "./exclusion-rule.ts";
import type { Finding } from "./finding.ts";
import { placeOf } from "./finding-place.ts";
import type { UndigestedReport } from "./report.ts";
import { matchesHost } from "./target.ts";

const fold = (item: string): string => item.trim().toLowerCase();

/**
 * Whether every finding of a report was read: as many as the vendor counts, or, when it gives no count, some and nothing of
 * `Details` left over.
 */
export function isReadInFull({ summary, findings, unrecognised }: UndigestedReport): boolean {
  if (summary.total !== null) return findings.length >= summary.total;
  return findings.length > 0 && unrecognised.Details === undefined;
}

/** Makes the rule for two reports: says of a weakness of the earlier one why the later run did not test it again, or `null`. */
export function createRetestRule(
  base: UndigestedReport,
  head: UndigestedReport,
): (findings: readonly Pick<Finding, "item" | "url">[]) => NotRetestedReason | null {
  const { scope, job } = head;
  const items = new Set(scope.items.map(fold));
  const reported = new Set([...head.byItem, ...head.findings].map(({ item }) => fold(item)));
  const exclusions = scope.excluded.filter((url) => URL.canParse(url, job.startUrl));
  const isExcluded = createExclusionRule(exclusions, job.startUrl);
  const scanned = scope.scanned.length > 0 ? scope.scanned : [job.startUrl];
  /** Hosts are few, findings and names of hosts may be many. */
  const scannedHosts = new Map<string, boolean>();
  function isScanned(host: string): boolean {
    const known = scannedHosts.get(host) ?? scanned.some((name) => matchesHost(host, name));
    scannedHosts.set(host, known);
    return known;
  }

  const wholeRun: NotRetestedReason | null =
    job.status.phase !== "completed"
      ? "unfinished"
      : base.scope.signInUsed && !scope.signInUsed
        ? "signIn"
        : coverageOf(base.job, job).collapsed
          ? "coverage"
          : !isReadInFull(head)
            ? "unread"
            : null;

  // Findings of the later run whose item or place could not be read: each may be one that seems gone.
  const unplaced = head.findings.filter((finding) => finding.item === "" || finding.url === null);
  const placesWithoutItem = new Set(unplaced.filter(({ item }) => item === "").map(({ url }) => placeOf(url)));
  const itemsWithoutPlace = new Set(unplaced.filter(({ url }) => url === null).map(({ item }) => fold(item)));
  const mayBeUnplaced = (item: string, url: string): boolean =>
    itemsWithoutPlace.has("") || itemsWithoutPlace.has(fold(item)) || placesWithoutItem.has(placeOf(url));

  function whyNotHere({ item, url }: Pick<Finding, "item" | "url">): NotRetestedReason | null {
    if (item === "") return "unknown";
    if (!items.has("all") && !items.has(fold(item)) && !reported.has(fold(item))) {
      return items.size === 0 ? "unknown" : "item";
    }
    if (url === null || !URL.canParse(url)) return "unknown";
    const place = new URL(url);
    if (!isScanned(place.host)) return "host";
    if (isExcluded(place)) return "excluded";
    if (exclusions.length < scope.excluded.length) return "unknown";
    return mayBeUnplaced(item, url) ? "unread" : null;
  }

  return (findings) => {
    for (const finding of findings) {
      const reason = whyNotHere(finding);
      if (reason !== null) return reason;
    }
    return wholeRun;
  };
}

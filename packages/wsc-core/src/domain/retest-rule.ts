import type { NotRetestedReason } from "./comparison.ts";
import { coverageOf, isCoverageUnknown } from "./coverage.ts";
import { createExclusionRule } from "./exclusion-rule.ts";
import type { Finding } from "./finding.ts";
import { placeOf } from "./finding-place.ts";
import type { UndigestedReport } from "./report.ts";
import { matchesHost } from "./target.ts";

/** Normalises an item name for comparison: case, blanks and letter width are ignored. */
export const foldItem = (item: string): string => item.normalize("NFKC").replace(/\s/gu, "").toLowerCase();

/** Returns the vendor's number of findings: the largest of its counts (total, by risk, by domain, by item); `null` if none. */
function countedFindings({ summary, byDomain, byItem }: UndigestedReport): number | null {
  const sum = (counts: readonly (number | null)[]): number | null => {
    const told = counts.filter((count) => count !== null);
    return told.length === 0 ? null : told.reduce((total, count) => total + count, 0);
  };
  const counts = [
    summary.total,
    sum([summary.high, summary.medium, summary.low]),
    sum(byDomain.map(({ total }) => total)),
    sum(byItem.map(({ total }) => total)),
  ].filter((count) => count !== null);
  return counts.length === 0 ? null : counts.reduce((largest, count) => Math.max(largest, count));
}

/**
 * Returns whether every finding of a report was read: as many as the vendor counts, or, without a count, at least one and no
 * remainder of `Details`. A report without findings was read in full only if `Details` left no remainder.
 */
export function isReadInFull(report: UndigestedReport): boolean {
  const { findings, unrecognised } = report;
  const counted = countedFindings(report);
  const isNothingLeft = unrecognised.Details === undefined;
  if (counted === null) return findings.length > 0 && isNothingLeft;
  return findings.length >= counted && (findings.length > 0 || isNothingLeft);
}

/** The matching of exclusions with an asterisk is not documented: a URL that begins like one may be excluded. */
function createPatternRule(excludeUrls: readonly string[], startUrl: string): (url: URL) => boolean {
  const prefixes = excludeUrls
    .filter((text) => text.includes("*"))
    .flatMap((text) => {
      const before = text.slice(0, text.indexOf("*"));
      return URL.canParse(before, startUrl) ? [new URL(before, startUrl)] : [];
    });
  return ({ host, pathname }) =>
    prefixes.some((prefix) => prefix.host === host && pathname.startsWith(prefix.pathname));
}

/** A URL with blanks before its query may be several URLs, or one with a count behind it. */
const isOnePlace = (url: string): boolean => !/\s/.test(url.trim().split(/[?#]/, 1)[0] ?? "");

type RetestedFinding = Pick<Finding, "item" | "url" | "method" | "parameter">;
const hasPlace = ({ url }: RetestedFinding): boolean => url !== null && isOnePlace(url);

/** Creates the rule for two reports: it returns why the later run did not re-test a finding of the earlier one, or `null`. */
export function createRetestRule(
  base: UndigestedReport,
  head: UndigestedReport,
): (findings: readonly RetestedFinding[]) => NotRetestedReason | null {
  const { scope, job } = head;
  const items = new Set(scope.items.map(foldItem));
  const reported = new Set([...head.byItem, ...head.findings].map(({ item }) => foldItem(item)));
  const exclusions = scope.excluded.filter((url) => URL.canParse(url, job.startUrl));
  const isExcluded = createExclusionRule(exclusions, job.startUrl);
  const isPatternExcluded = createPatternRule(exclusions, job.startUrl);
  const isExclusionUnread = exclusions.length < scope.excluded.length || head.unrecognised.Excluded_Url !== undefined;
  const scanned = scope.scanned.length > 0 ? scope.scanned : [job.startUrl];
  /** Cache per host: hosts are few, findings and host names may be many. */
  const scannedHosts = new Map<string, boolean>();
  function isScanned(host: string): boolean {
    // A host in both lists may not have been scanned.
    const known =
      scannedHosts.get(host) ??
      (scanned.some((name) => matchesHost(host, name)) && !scope.notScanned.some((name) => matchesHost(host, name)));
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
            : isCoverageUnknown(base.job, job)
              ? "unknown"
              : null;

  // Later findings whose item or place could not be read: any of them may be one that seems absent.
  const unplaced = head.findings.filter((finding) => finding.item === "" || !hasPlace(finding));
  const placesWithoutItem = new Set(unplaced.filter(({ item }) => item === "").map(({ url }) => placeOf(url)));
  const itemsWithoutPlace = new Set(unplaced.filter((finding) => !hasPlace(finding)).map(({ item }) => foldItem(item)));
  const mayBeUnplaced = (item: string, url: string): boolean =>
    itemsWithoutPlace.has("") || itemsWithoutPlace.has(foldItem(item)) || placesWithoutItem.has(placeOf(url));

  // A report without any methods, or parameters, says nothing about those of earlier findings at the same places.
  const namesMethods = head.findings.some(({ method }) => method !== null);
  const namesParameters = head.findings.some(({ parameter }) => parameter !== null);
  const headPlaces = new Set(head.findings.map(({ item, url }) => JSON.stringify([foldItem(item), placeOf(url)])));
  const mayBeUnnamed = ({ item, url, method, parameter }: RetestedFinding): boolean =>
    ((method !== null && !namesMethods) || (parameter !== null && !namesParameters)) &&
    headPlaces.has(JSON.stringify([foldItem(item), placeOf(url)]));

  function whyNotHere(finding: RetestedFinding): NotRetestedReason | null {
    const { item, url } = finding;
    if (item === "") return "unknown";
    if (!items.has("all") && !items.has(foldItem(item)) && !reported.has(foldItem(item))) {
      return items.size === 0 ? "unknown" : "item";
    }
    if (url === null || !URL.canParse(url) || !isOnePlace(url)) return "unknown";
    const place = new URL(url);
    if (!isScanned(place.host)) return "host";
    if (isExcluded(place) || isPatternExcluded(place)) return "excluded";
    if (isExclusionUnread) return "unknown";
    return mayBeUnplaced(item, url) || mayBeUnnamed(finding) ? "unread" : null;
  }

  return (findings) => {
    for (const finding of findings) {
      const reason = whyNotHere(finding);
      if (reason !== null) return reason;
    }
    return wholeRun;
  };
}

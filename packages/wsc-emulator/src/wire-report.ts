import { itemWords } from "./item-words.ts";
import type { JobRecord } from "./job-record.ts";
import { recommendationFor } from "./recommendations.ts";
import type { ScanFinding } from "./scanner/site-scanner.ts";
import { type DateForm, wireDate } from "./wire-date.ts";

type RiskCounts = Record<"Total" | ScanFinding["risk"], number>;

function countRisks(findings: readonly ScanFinding[]): RiskCounts {
  const count = (risk: ScanFinding["risk"]): number => findings.filter((finding) => finding.risk === risk).length;
  return { Total: findings.length, High: count("High"), Medium: count("Medium"), Low: count("Low") };
}

function groupFindings(
  findings: readonly ScanFinding[],
  nameOf: (finding: ScanFinding) => string,
): ReadonlyMap<string, readonly ScanFinding[]> {
  const groups = new Map<string, ScanFinding[]>();
  for (const finding of findings) {
    const name = nameOf(finding);
    const group = groups.get(name);
    if (group) group.push(finding);
    else groups.set(name, [finding]);
  }
  return groups;
}

function eachGroup<T>(
  groups: ReadonlyMap<string, readonly ScanFinding[]>,
  describe: (group: readonly ScanFinding[], name: string) => T,
): Record<string, T> {
  return Object.fromEntries([...groups].map(([name, group]) => [name, describe(group, name)]));
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);

function testedItems(items: readonly string[]): readonly string[] {
  return items.includes("ALL") ? itemWords : items;
}

function cookieOf(headers: Readonly<Record<string, string>>): string {
  const name = Object.keys(headers).find((header) => header.toLowerCase() === "cookie");
  return (name !== undefined && headers[name]) || "";
}

/**
 * Returns the report of a finished job. The top level is documented; the content of Details, Recommendation and the three
 * classifications is modelled as in docs/upstream-api.md section 10.
 */
export function wireReport(
  record: JobRecord,
  endedAt: number,
  dateForm: DateForm = "slashes",
): Record<string, unknown> {
  const period = (start: number, end: number): string => `${wireDate(start, dateForm)}~${wireDate(end, dateForm)}`;
  const { order, findings, startedAt } = record;
  const crawlStartedAt = record.crawlStartedAt ?? startedAt;
  const scanStartedAt = record.scanStartedAt ?? crawlStartedAt;
  const byDomain = groupFindings(findings, ({ url }) => hostOf(url));
  const byItem = groupFindings(findings, ({ item }) => item);
  return {
    report_date: wireDate(endedAt, dateForm),
    Target_Info: order.startUrl,
    Crawl_Time: period(crawlStartedAt, record.crawlEndedAt ?? scanStartedAt),
    Scan_Time: period(scanStartedAt, endedAt),
    Excluded_Url: order.excludeUrls.join(", "),
    Login_Info: cookieOf(order.headers),
    Vulnerability_Category: testedItems(order.items).join(", "),
    User_Agent: order.userAgent,
    Memo: order.memo,
    Scanned_Domain_List: record.scannedDomains,
    Not_Scanned_Domain_List: record.notScannedDomains,
    Classify_byRisk_Level: countRisks(findings),
    Classify_byRisk_Domain: eachGroup(byDomain, countRisks),
    Classify_byRisk_Vulnerability: eachGroup(byItem, countRisks),
    Details: eachGroup(byItem, (group) =>
      group.map(({ risk, url, method, parameter, evidence }) => ({
        Risk: risk,
        Url: url,
        Method: method,
        Parameter: parameter,
        Evidence: evidence,
      })),
    ),
    Recommendation: eachGroup(byItem, (_, item) => recommendationFor(item, record.recommendations)),
  };
}

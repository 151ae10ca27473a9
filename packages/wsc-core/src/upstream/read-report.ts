import type { Job } from "../domain/job.ts";
import { stripMemoToken } from "../domain/memo-token.ts";
import type { UndigestedReport } from "../domain/report.ts";
import { reportExpiresAt } from "../domain/report-validity.ts";
import { isHostName } from "./generic-names.ts";
import { readFindings } from "./read-findings.ts";
import { readRecommendations } from "./read-recommendations.ts";
import { readCountTable, readRiskCounts } from "./read-risk-counts.ts";
import { readDomainList, readItemList, readUrlList } from "./read-scope.ts";
import { withoutSignIn } from "./redact-sign-in.ts";
import { readVendorDate, readVendorPeriod } from "./vendor-date.ts";
import { isWireObject, readText } from "./wire-values.ts";

const knownFields: ReadonlySet<string> = new Set([
  "report_date",
  "Target_Info",
  "Crawl_Time",
  "Scan_Time",
  "Excluded_Url",
  "Vulnerability_Category",
  "User_Agent",
  "Memo",
  "Scanned_Domain_List",
  "Not_Scanned_Domain_List",
  "Classify_byRisk_Level",
  "Classify_byRisk_Domain",
  "Classify_byRisk_Vulnerability",
  "Details",
  "Recommendation",
]);

export interface ReportReadingContext {
  readonly job: Job;
  /** IANA zone of dates without one. */
  readonly zone: string;
  /** When the upstream responded. */
  readonly now: Date;
}

/**
 * Reads getReport's payload (docs/upstream-api.md section 10). The four objects that the vendor does not document are read in
 * every shape seen; the remainder goes to `unrecognised`. Sign-in data is removed everywhere. Returns `null` if the payload is
 * not a report: not an object, without any report field, or with more sign-in data than can be removed.
 */
export function readReport(payload: unknown, { job, zone, now }: ReportReadingContext): UndigestedReport | null {
  if (!isWireObject(payload)) return null;
  if (!Object.keys(payload).some((name) => knownFields.has(name) || name === "Login_Info")) return null;
  const cleaned = withoutSignIn(payload);
  if (cleaned === null) return null;
  const { wire, signInUsed } = cleaned;
  const dates = { zone, now };
  const summary = readRiskCounts(wire.Classify_byRisk_Level);
  const byItem = readCountTable(wire.Classify_byRisk_Vulnerability);
  const scanned = readDomainList(wire.Scanned_Domain_List);
  const notScanned = readDomainList(wire.Not_Scanned_Domain_List);
  // A word with a number may be a level or a group in any language, so only host names count as domains.
  const domains = new Set([...scanned.names, ...notScanned.names]);
  const byDomain = readCountTable(
    wire.Classify_byRisk_Domain,
    (label, isBareCount) => !isBareCount || isHostName(label) || domains.has(label),
  );
  const excluded = readUrlList(wire.Excluded_Url);
  const items = readItemList(wire.Vulnerability_Category);
  const { recommendations, odd: oddRecommendations } = readRecommendations(wire.Recommendation);
  const { findings, rest } = readFindings(wire.Details, {
    items: [...items.names, ...byItem.rows.map(({ label }) => label), ...recommendations.map(({ item }) => item)],
    hosts: [...scanned.names, ...notScanned.names, ...byDomain.rows.map(({ label }) => label)],
  });
  const crawl = readVendorPeriod(wire.Crawl_Time, dates);
  const scan = readVendorPeriod(wire.Scan_Time, dates);
  const reportDate = readVendorDate(wire.report_date, dates);
  const texts = { target: readText(wire.Target_Info), userAgent: readText(wire.User_Agent), memo: readText(wire.Memo) };

  const unrecognised: Record<string, unknown> = Object.fromEntries(
    Object.entries(wire).filter(([name]) => !knownFields.has(name)),
  );
  const oddFields: Readonly<Record<string, boolean>> = {
    Classify_byRisk_Level: summary.odd,
    Classify_byRisk_Domain: byDomain.odd,
    Classify_byRisk_Vulnerability: byItem.odd,
    Scanned_Domain_List: scanned.odd,
    Not_Scanned_Domain_List: notScanned.odd,
    Excluded_Url: excluded.odd,
    Vulnerability_Category: items.odd,
    Recommendation: oddRecommendations,
    report_date: reportDate === null,
    Crawl_Time: crawl.start === null || crawl.end === null,
    Scan_Time: scan.start === null || scan.end === null,
    Target_Info: texts.target === null,
    User_Agent: texts.userAgent === null,
    Memo: texts.memo === null,
  };
  for (const [name, odd] of Object.entries(oddFields)) {
    if (odd && !isEmpty(wire[name])) unrecognised[name] = wire[name];
  }
  if (rest !== undefined) unrecognised.Details = rest;

  const end = job.endedAt === null ? reportDate : new Date(job.endedAt);
  return {
    job,
    reportDate: reportDate?.toISOString() ?? null,
    summary: summary.counts,
    byDomain: byDomain.rows.map(({ label, ...counts }) => ({ domain: label, ...counts })),
    byItem: byItem.rows.map(({ label, ...counts }) => ({ item: label, ...counts })),
    scope: {
      target: texts.target,
      scanned: scanned.names,
      notScanned: notScanned.names,
      excluded: excluded.names,
      items: items.names,
      userAgent: texts.userAgent,
      signInUsed,
    },
    times: {
      crawlStartedAt: crawl.start?.toISOString() ?? null,
      crawlEndedAt: crawl.end?.toISOString() ?? null,
      scanStartedAt: scan.start?.toISOString() ?? null,
      scanEndedAt: scan.end?.toISOString() ?? null,
    },
    memo: stripMemoToken(texts.memo ?? ""),
    findings,
    recommendations,
    unrecognised,
    expiresAt: end === null ? null : reportExpiresAt(end).toISOString(),
    asOf: now.toISOString(),
  };
}

/** A job of which only the number is known; it has ended, because it has a report. */
export const unlistedJob = (instanceNo: string): Job => ({
  ...{ instanceNo, startUrl: "", memo: "", status: { text: "", phase: "completed" } },
  ...{ progress: null, crawlCount: null, findingCount: null, startedAt: null, endedAt: null, reportExpiresAt: null },
  capabilities: { report: true, cancel: false, stop: false, rescan: false, cause: false },
});

/** Completes the report of a job that no list has shown, with the job data in the report. */
export function withJobOfReport(report: UndigestedReport): UndigestedReport {
  const { job, scope, times, memo, summary, reportDate, expiresAt } = report;
  const ofReport = {
    ...{ startUrl: scope.target ?? "", memo, findingCount: summary.total, reportExpiresAt: expiresAt },
    startedAt: times.crawlStartedAt ?? times.scanStartedAt,
    endedAt: reportDate ?? times.scanEndedAt,
  };
  return { ...report, job: { ...job, ...ofReport } };
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === "";
}

import type { Job } from "../api/jobs.ts";
import type { Report, RiskCounts } from "../api/reports.ts";
import { stripMemoToken } from "../domain/memo-token.ts";
import { reportExpiresAt } from "../domain/report-validity.ts";
import { readFindings } from "./read-findings.ts";
import { saysSignInUsed, signInRedactor } from "./redact-sign-in.ts";
import { readVendorDate, readVendorPeriod } from "./vendor-date.ts";
import { isWireObject, readNumber, readText, type WireObject } from "./wire-values.ts";

const noCounts: RiskCounts = { total: null, high: null, medium: null, low: null };
const countNames = { total: /^total$/i, high: /^high$/i, medium: /^(medium|middle)$/i, low: /^low$/i } as const;

function readCounts(value: unknown): RiskCounts {
  if (!isWireObject(value)) return { ...noCounts, total: readNumber(value) };
  const named = (pattern: RegExp): number | null => {
    const entry = Object.entries(value).find(([name]) => pattern.test(name));
    return entry ? readNumber(entry[1]) : null;
  };
  return {
    total: named(countNames.total),
    high: named(countNames.high),
    medium: named(countNames.medium),
    low: named(countNames.low),
  };
}

const hasCounts = (counts: RiskCounts): boolean => Object.values(counts).some((count) => count !== null);
const labelName = /^(domain|host|item|vulnerability|vulntitle|category|name|title)$/i;

/** Name → counts, or a list of objects that carry a name; `odd` when some part has neither shape. */
function readCountTable(value: unknown): { rows: (RiskCounts & { label: string })[]; odd: boolean } {
  const rows: (RiskCounts & { label: string })[] = [];
  let odd = false;
  if (Array.isArray(value)) {
    for (const member of value) {
      const label = isWireObject(member) ? Object.entries(member).find(([name]) => labelName.test(name))?.[1] : null;
      const counts = readCounts(member);
      if (typeof label === "string" && hasCounts(counts)) rows.push({ label, ...counts });
      else odd = true;
    }
  } else if (isWireObject(value)) {
    for (const [label, member] of Object.entries(value)) {
      const counts = readCounts(member);
      if (hasCounts(counts)) rows.push({ label, ...counts });
      else odd = true;
    }
  } else {
    odd = value !== null && value !== undefined && value !== "";
  }
  return { rows, odd };
}

function readDomains(value: unknown): { domains: string[]; odd: boolean } {
  const list = Array.isArray(value) ? value : typeof value === "string" ? splitList(value) : [];
  const domains: string[] = [];
  let odd = value !== null && value !== undefined && !Array.isArray(value) && typeof value !== "string";
  for (const member of list) {
    const name = isWireObject(member)
      ? Object.entries(member).find(([key]) => /^(domain|host|url|name)$/i.test(key))?.[1]
      : member;
    const text = readText(name);
    if (text === null) odd = true;
    else domains.push(text);
    if (isWireObject(member) && Object.keys(member).length > 1) odd = true;
  }
  return { domains, odd };
}

function splitList(text: string): string[] {
  return text
    .split(/\s*,\s*|\r?\n/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** The separator of `Excluded_Url` is not documented: a new URL starts where http:// or https:// follows a separator. */
function splitUrls(text: string): string[] {
  return text
    .split(/[\s,;|]+(?=https?:\/\/)|\r?\n/i)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function readRecommendations(value: unknown): { recommendations: Report["recommendations"]; odd: boolean } {
  const asText = (member: unknown): string =>
    Array.isArray(member) ? member.map(asText).join("\n") : (readText(member) ?? JSON.stringify(member, null, 2));
  if (Array.isArray(value)) {
    const read = value.map((member) => {
      const item = isWireObject(member) ? Object.entries(member).find(([name]) => labelName.test(name)) : undefined;
      const rest = isWireObject(member) ? Object.entries(member).filter(([name]) => name !== item?.[0]) : [];
      if (typeof item?.[1] !== "string" || rest.length === 0) return { item: "", text: asText(member) };
      return { item: item[1], text: rest.map(([, text]) => asText(text)).join("\n") };
    });
    return { recommendations: read, odd: false };
  }
  if (isWireObject(value)) {
    return { recommendations: Object.entries(value).map(([item, text]) => ({ item, text: asText(text) })), odd: false };
  }
  return { recommendations: [], odd: value !== null && value !== undefined && value !== "" };
}

const knownFields: ReadonlySet<string> = new Set([
  "report_date",
  "Target_Info",
  "Crawl_Time",
  "Scan_Time",
  "Excluded_Url",
  "Login_Info",
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
  /** When the upstream answered. */
  readonly now: Date;
}

/**
 * Reads getReport's payload (contract section 10) into a report. The four objects whose inside the vendor does not document
 * are read in every shape seen; what fits nowhere lands in `unrecognised`. Sign-in data is taken out of everything.
 * `null` when the payload is no report: not an object, or without any field of one.
 */
export function readReport(payload: unknown, { job, zone, now }: ReportReadingContext): Report | null {
  if (!isWireObject(payload) || !Object.keys(payload).some((name) => knownFields.has(name))) return null;
  const { Login_Info: loginInfo, ...withoutSignIn } = payload;
  const wire = signInRedactor(loginInfo)(withoutSignIn) as WireObject;

  const byDomain = readCountTable(wire.Classify_byRisk_Domain);
  const byItem = readCountTable(wire.Classify_byRisk_Vulnerability);
  const scanned = readDomains(wire.Scanned_Domain_List);
  const notScanned = readDomains(wire.Not_Scanned_Domain_List);
  const { findings, rest } = readFindings(wire.Details);
  const { recommendations, odd: oddRecommendations } = readRecommendations(wire.Recommendation);
  const crawl = readVendorPeriod(wire.Crawl_Time, zone);
  const scan = readVendorPeriod(wire.Scan_Time, zone);
  const reportDate = readVendorDate(wire.report_date, zone);
  const excluded = readText(wire.Excluded_Url);
  const items = readText(wire.Vulnerability_Category);

  const unrecognised: Record<string, unknown> = Object.fromEntries(
    Object.entries(wire).filter(([name]) => !knownFields.has(name)),
  );
  const keepWhen = (odd: boolean, name: string): void => {
    if (odd) unrecognised[name] = wire[name];
  };
  keepWhen(byDomain.odd, "Classify_byRisk_Domain");
  keepWhen(byItem.odd, "Classify_byRisk_Vulnerability");
  keepWhen(scanned.odd, "Scanned_Domain_List");
  keepWhen(notScanned.odd, "Not_Scanned_Domain_List");
  keepWhen(oddRecommendations, "Recommendation");
  keepWhen(reportDate === null && !isEmpty(wire.report_date), "report_date");
  keepWhen(crawl.start === null && crawl.end === null && !isEmpty(wire.Crawl_Time), "Crawl_Time");
  keepWhen(scan.start === null && scan.end === null && !isEmpty(wire.Scan_Time), "Scan_Time");
  keepWhen(excluded === null && !isEmpty(wire.Excluded_Url), "Excluded_Url");
  keepWhen(items === null && !isEmpty(wire.Vulnerability_Category), "Vulnerability_Category");
  if (Object.keys(rest).length > 0) unrecognised.Details = rest;

  const end = job.endedAt === null ? reportDate : new Date(job.endedAt);
  return {
    job,
    reportDate: reportDate?.toISOString() ?? null,
    summary: readCounts(wire.Classify_byRisk_Level),
    byDomain: byDomain.rows.map(({ label, ...counts }) => ({ domain: label, ...counts })),
    byItem: byItem.rows.map(({ label, ...counts }) => ({ item: label, ...counts })),
    scope: {
      target: readText(wire.Target_Info),
      scanned: scanned.domains,
      notScanned: notScanned.domains,
      excluded: excluded === null ? [] : splitUrls(excluded),
      items: items === null ? [] : splitList(items),
      userAgent: readText(wire.User_Agent),
      signInUsed: saysSignInUsed(loginInfo),
    },
    times: {
      crawlStartedAt: crawl.start?.toISOString() ?? null,
      crawlEndedAt: crawl.end?.toISOString() ?? null,
      scanStartedAt: scan.start?.toISOString() ?? null,
      scanEndedAt: scan.end?.toISOString() ?? null,
    },
    memo: stripMemoToken(readText(wire.Memo) ?? ""),
    findings,
    recommendations,
    unrecognised,
    expiresAt: end === null ? null : reportExpiresAt(end).toISOString(),
    asOf: now.toISOString(),
  };
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === "";
}

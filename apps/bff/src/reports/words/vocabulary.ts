import type { FindingChange, JobTab, Severity, Verdict, VerdictCause } from "@wsc-dashboard/wsc-core";

/** All texts of exported reports. */
export interface ReportWords {
  readonly title: (host: string) => string;
  readonly target: string;
  readonly instanceNo: string;
  readonly status: string;
  readonly started: string;
  readonly collectedUrls: string;
  readonly tab: string;
  readonly tabs: Readonly<Record<JobTab, string>>;
  readonly period: string;
  readonly jobsInFile: string;
  readonly jobsKnown: string;
  readonly listRead: string;
  readonly listNotRead: string;
  readonly listPartlyRead: string;
  readonly bracketed: (text: string) => string;
  readonly finished: string;
  readonly readableUntil: string;
  readonly memo: string;
  readonly verdict: string;
  readonly total: string;
  readonly risk: string;
  readonly severity: Readonly<Record<Severity | "none", string>>;
  readonly scope: string;
  readonly scanned: string;
  readonly notScanned: string;
  readonly excluded: string;
  readonly items: string;
  readonly userAgent: string;
  readonly signIn: string;
  readonly signInUsed: string;
  readonly signInNotUsed: string;
  readonly crawlTime: string;
  readonly scanTime: string;
  readonly none: string;
  readonly notStated: string;
  readonly byDomain: string;
  readonly domain: string;
  readonly byItem: string;
  readonly item: string;
  readonly findings: string;
  readonly noFindings: string;
  /** The vendor's total differs from the number of findings in its details. */
  readonly differs: (listed: number, total: number) => string;
  readonly path: string;
  readonly change: string;
  readonly changes: Readonly<Record<FindingChange, string>>;
  /** The verdict on a finding. */
  readonly decision: string;
  readonly states: Readonly<Record<Verdict, string>>;
  readonly causes: Readonly<Record<VerdictCause, string>>;
  readonly withoutSettled: string;
  readonly reason: string;
  readonly owner: string;
  readonly due: string;
  readonly acceptedUntil: string;
  readonly issue: string;
  readonly decidedBy: string;
  readonly search: string;
  readonly filter: string;
  readonly inFile: string;
  readonly inReport: string;
  /** Not all findings of the report are in the file. */
  readonly selection: (shown: number, total: number, criteria: string) => string;
  readonly number: string;
  readonly method: string;
  readonly parameter: string;
  readonly evidence: string;
  readonly otherFields: string;
  readonly howToFix: string;
  readonly fingerprint: string;
  readonly recommendations: string;
  readonly unrecognised: string;
  readonly zoneNote: (zone: string) => string;
  readonly digest: string;
  readonly provenance: (time: string) => string;
  /** Suffix of a cell that was cut for spreadsheets. */
  readonly cut: (shown: number, all: number) => string;
}

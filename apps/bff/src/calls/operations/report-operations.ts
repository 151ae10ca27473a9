import type { OperationTexts } from "./operation-text.ts";
import { counts, instants, job } from "./samples.ts";

const finding = {
  number: "H-01",
  item: "SQL Injection",
  severity: "high" as const,
  method: "GET",
  url: "https://staging.example.com/search",
  parameter: "q",
};
const fingerprint = "SQL%20Injection|GET|staging.example.com%2Fsearch|q";

const report = {
  job,
  reportDate: instants.ended,
  summary: counts,
  byDomain: [{ ...counts, domain: "staging.example.com" }],
  byItem: [{ ...counts, item: "SQL Injection" }],
  scope: {
    target: "https://staging.example.com/",
    scanned: ["staging.example.com"],
    notScanned: [],
    excluded: [],
    items: ["ALL"],
    userAgent: "PC Chrome",
    signInUsed: false,
  },
  times: { crawlStartedAt: null, crawlEndedAt: null, scanStartedAt: instants.started, scanEndedAt: instants.ended },
  memo: "release 4.2",
  findings: [{ ...finding, evidence: "q=%27", fingerprint, otherFields: [] }],
  recommendations: [{ item: "SQL Injection", text: "Use prepared statements." }],
  unrecognised: {},
  expiresAt: instants.closes,
  asOf: instants.asOf,
  sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
};

const compared = { job, reportDate: instants.ended, expiresAt: instants.closes, summary: counts, findingCount: 1 };
const coverage = { base: 228, head: 231, collapsed: false };

export const reportOperations: OperationTexts<"reports" | "compare"> = {
  reports: {
    get: { summary: "Read the report of a finished job", answer: report },
    predecessor: {
      summary: "Find the earlier report to compare with",
      answer: { predecessor: job, coverage, notComparable: null, lookedAt: null },
    },
    closing: {
      summary: "List reports that close soon",
      answer: {
        reports: [{ instanceNo: job.instanceNo, startUrl: job.startUrl, expiresAt: instants.closes }],
        complete: true,
      },
    },
    export: { summary: "Save a report as SARIF, DefectDojo, CSV, JSON or HTML" },
  },
  compare: {
    get: {
      summary: "Compare two reports of a target",
      answer: {
        base: { ...compared, job: { ...job, instanceNo: "7000021" } },
        head: compared,
        new: [{ ...finding, fingerprint, numbers: { base: [], head: ["H-01"] } }],
        remaining: [],
        notComparable: [],
        fixed: [],
        notRetested: [],
        differences: [],
        coverage,
      },
    },
  },
};

import * as z from "zod/mini";
import { reportLanguages } from "../domain/report-language.ts";
import { severities } from "../domain/severity.ts";
import { endpoint, fileSchema, instanceNoSchema, instantSchema } from "./endpoint.ts";
import { jobSchema } from "./jobs.ts";

const count = z.nullable(z.number());

/** Counts as the vendor gives them; `null` where the vendor gave none. Never computed from the findings. */
export const riskCountsSchema = z.object({ total: count, high: count, medium: count, low: count });

export const findingSchema = z.object({
  /** Stable inside one report: H-01, M-02, L-03; U- when the vendor gave no risk level we know. */
  number: z.string(),
  item: z.string(),
  severity: z.nullable(z.enum(severities)),
  method: z.nullable(z.string()),
  url: z.nullable(z.string()),
  parameter: z.nullable(z.string()),
  evidence: z.nullable(z.string()),
  fingerprint: z.string(),
  /** What else the vendor said about it, as it came. */
  otherFields: z.array(z.object({ name: z.string(), value: z.string() })),
});

/** A report before its digest is made. */
export const undigestedReportSchema = z.object({
  job: jobSchema,
  reportDate: z.nullable(instantSchema),
  summary: riskCountsSchema,
  byDomain: z.array(z.extend(riskCountsSchema, { domain: z.string() })),
  byItem: z.array(z.extend(riskCountsSchema, { item: z.string() })),
  scope: z.object({
    target: z.nullable(z.string()),
    scanned: z.array(z.string()),
    notScanned: z.array(z.string()),
    excluded: z.array(z.string()),
    items: z.array(z.string()),
    userAgent: z.nullable(z.string()),
    /** Whether sign-in data was used. The data itself is dropped where the report enters the dashboard. */
    signInUsed: z.boolean(),
  }),
  times: z.object({
    crawlStartedAt: z.nullable(instantSchema),
    crawlEndedAt: z.nullable(instantSchema),
    scanStartedAt: z.nullable(instantSchema),
    scanEndedAt: z.nullable(instantSchema),
  }),
  memo: z.string(),
  findings: z.array(findingSchema),
  recommendations: z.array(z.object({ item: z.string(), text: z.string() })),
  /** Whatever the vendor sent that has no place above. Nothing is dropped. */
  unrecognised: z.record(z.string(), z.unknown()),
  /** When the report closes; `null` when no end is known. */
  expiresAt: z.nullable(instantSchema),
  /** When the upstream gave this answer. */
  asOf: instantSchema,
});
export type UndigestedReport = z.output<typeof undigestedReportSchema>;

/** A report as people read it. Text in it comes from a scanned site: hostile, rendered as text only. */
export const reportSchema = z.extend(undigestedReportSchema, {
  /**
   * SHA-256, in hexadecimal, of the UTF-8 JSON of every field above but `job`, `expiresAt` and `asOf`, in this order and without
   * white space: what the vendor said as this version reads it, whenever it was fetched.
   */
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
});
export type Report = z.output<typeof reportSchema>;
export type Finding = z.output<typeof findingSchema>;
export type RiskCounts = z.output<typeof riskCountsSchema>;

/** What a report can be saved as. Every one holds the same findings; none holds sign-in data. */
export const exportFormats = ["sarif", "defectdojo", "csv", "json", "html"] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** How many URLs two runs collected, and whether the later one saw so few that missing findings prove nothing. */
export const coverageSchema = z.object({
  base: z.nullable(z.number()),
  head: z.nullable(z.number()),
  collapsed: z.boolean(),
});
export type Coverage = z.output<typeof coverageSchema>;

/** The reports in their last month, for a reminder to save them. */
export const closingReportsSchema = z.object({
  /** The next to close first. */
  reports: z.array(z.object({ instanceNo: instanceNoSchema, startUrl: z.string(), expiresAt: instantSchema })),
  /** Whether every job was looked at; older ones, and what the upstream did not give, may be missing otherwise. */
  complete: z.boolean(),
});
export type ClosingReports = z.output<typeof closingReportsSchema>;

const readers = ["viewer", "operator", "admin", "auditor"] as const;
const oneJob = z.strictObject({ instanceNo: instanceNoSchema });

export const reportEndpoints = {
  get: endpoint({
    method: "GET",
    path: "/api/jobs/:instanceNo/report",
    roles: readers,
    params: oneJob,
    response: reportSchema,
    answer: "serialised",
    status: 200,
  }),
  /** The run to compare with: the last earlier finished job of the same target whose report can be read. */
  predecessor: endpoint({
    method: "GET",
    path: "/api/jobs/:instanceNo/report/predecessor",
    roles: readers,
    params: oneJob,
    response: z.object({ predecessor: z.nullable(jobSchema), coverage: z.nullable(coverageSchema) }),
    status: 200,
  }),
  closing: endpoint({
    method: "GET",
    path: "/api/reports/closing",
    roles: readers,
    response: closingReportsSchema,
    status: 200,
  }),
  export: endpoint({
    method: "GET",
    path: "/api/jobs/:instanceNo/report/export",
    roles: readers,
    params: oneJob,
    query: z.strictObject({ format: z.enum(exportFormats), lang: z._default(z.enum(reportLanguages), "en") }),
    response: fileSchema,
    answer: "file",
    audit: "handler",
    status: 200,
  }),
} as const;

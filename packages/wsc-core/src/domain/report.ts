import * as z from "zod/mini";
import { findingListSchema } from "./finding-list.ts";
import { jobSchema } from "./job.ts";
import { instantSchema } from "./scalars.ts";

const count = z.nullable(z.number());

/** Counts as given by the vendor, `null` if missing. Never computed from the findings. */
export const riskCountsSchema = z.object({ total: count, high: count, medium: count, low: count });

/** A report without its digest. */
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
    /** Whether sign-in data was used. The data itself is removed when the report enters the dashboard. */
    signInUsed: z.boolean(),
  }),
  times: z.object({
    crawlStartedAt: z.nullable(instantSchema),
    crawlEndedAt: z.nullable(instantSchema),
    scanStartedAt: z.nullable(instantSchema),
    scanEndedAt: z.nullable(instantSchema),
  }),
  memo: z.string(),
  findings: findingListSchema,
  recommendations: z.array(z.object({ item: z.string(), text: z.string() })),
  /** Vendor data without a field above. Nothing is dropped. */
  unrecognised: z.record(z.string(), z.unknown()),
  /** When the report expires; `null` if unknown. */
  expiresAt: z.nullable(instantSchema),
  /** When the upstream sent this response. */
  asOf: instantSchema,
});
export type UndigestedReport = z.output<typeof undigestedReportSchema>;

/** A report as people read it. Its text comes from a scanned site: hostile, render it as text only. */
export const reportSchema = z.extend(undigestedReportSchema, {
  /**
   * SHA-256, in hexadecimal, of the UTF-8 JSON of every field above but `job`, `expiresAt` and `asOf`, in this order and without
   * white space. It identifies the vendor's content as this version reads it, whenever it was fetched.
   */
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
});
export type Report = z.output<typeof reportSchema>;
export type RiskCounts = z.output<typeof riskCountsSchema>;

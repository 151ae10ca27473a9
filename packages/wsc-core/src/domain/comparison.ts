import * as z from "zod/mini";
import { coverageSchema } from "./coverage.ts";
import { jobSchema } from "./job.ts";
import { riskCountsSchema, type UndigestedReport } from "./report.ts";
import { instantSchema } from "./scalars.ts";
import { severities } from "./severity.ts";

/** A report with what it does not say itself. */
export interface ComparedRun {
  readonly report: UndigestedReport;
  /** The speed it was ordered with, when this dashboard ordered it. */
  readonly speed: string | null;
}

/**
 * Why the absence of a finding proves nothing. unfinished: the later run did not finish. coverage: it collapsed. signIn: only
 * the earlier run was signed in. item, host, excluded: the later run left it out. unread: the later report could not be read in
 * full, so what seems gone may stand in it. unknown: the reports do not say.
 */
export const notRetestedReasons = [
  "unfinished",
  "coverage",
  "signIn",
  "item",
  "host",
  "excluded",
  "unread",
  "unknown",
] as const;
export type NotRetestedReason = (typeof notRetestedReasons)[number];

/** What two runs can differ in, in the order in which it explains most. */
export const comparedSettings = [
  "items",
  "signIn",
  "exclusions",
  "scannedHosts",
  "startUrl",
  "userAgent",
  "speed",
  "coverage",
] as const;
export type ComparedSetting = (typeof comparedSettings)[number];

/**
 * One weakness of a comparison. Findings of a report that share a fingerprint are one weakness; what they say in detail stands
 * in the reports, under their numbers.
 */
export const comparedFindingSchema = z.object({
  fingerprint: z.string(),
  /** The first of its numbers: in the later report when it is there, else in the earlier one. */
  number: z.string(),
  item: z.string(),
  severity: z.nullable(z.enum(severities)),
  method: z.nullable(z.string()),
  url: z.nullable(z.string()),
  parameter: z.nullable(z.string()),
  numbers: z.object({ base: z.array(z.string()), head: z.array(z.string()) }),
  /** The earlier report's risk level, when the later one gives another. */
  severityBefore: z.optional(z.nullable(z.enum(severities))),
});

export const comparedReportSchema = z.object({
  job: jobSchema,
  reportDate: z.nullable(instantSchema),
  expiresAt: z.nullable(instantSchema),
  /** The vendor's own counts. */
  summary: riskCountsSchema,
  /** Findings that could be read, one by one. */
  findingCount: z.int(),
});

export const comparisonSchema = z.object({
  base: comparedReportSchema,
  head: comparedReportSchema,
  new: z.array(comparedFindingSchema),
  remaining: z.array(comparedFindingSchema),
  /** Only in the later report, while the earlier one could not be read in full: unknown whether it is new. */
  notComparable: z.array(comparedFindingSchema),
  /** Gone although the later run looked there again. */
  fixed: z.array(comparedFindingSchema),
  /** Absent, but the later run did not test there again, or that is unknown. */
  notRetested: z.array(z.extend(comparedFindingSchema, { reason: z.enum(notRetestedReasons) })),
  /** Settings in which the two runs differ; `null` where one is not known. */
  differences: z.array(
    z.object({
      setting: z.enum(comparedSettings),
      base: z.nullable(z.array(z.string())),
      head: z.nullable(z.array(z.string())),
    }),
  ),
  coverage: coverageSchema,
});
export type Comparison = z.output<typeof comparisonSchema>;
export type ComparedFinding = z.output<typeof comparedFindingSchema>;

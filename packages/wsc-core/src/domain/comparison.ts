import * as z from "zod/mini";
import { coverageSchema } from "./coverage.ts";
import { jobSchema } from "./job.ts";
import { riskCountsSchema, type UndigestedReport } from "./report.ts";
import { instantSchema } from "./scalars.ts";
import { severities } from "./severity.ts";

/** A report with facts that it does not contain. */
export interface ComparedRun {
  readonly report: UndigestedReport;
  /** The requested speed; `null` unless this dashboard requested the job. */
  readonly speed: string | null;
}

/**
 * Why the absence of a finding proves nothing. unfinished: the later run did not finish. coverage: it reached far fewer URLs.
 * signIn: only the earlier run was signed in. item, host, excluded: the later run left it out. unread: the later report could not
 * be read in full, so the finding may be in it. unknown: the reports do not say.
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

/** Settings in which two runs can differ, the most significant first. */
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
 * One finding of a comparison. Findings of a report with the same fingerprint count as one; their details are in the reports,
 * under their numbers.
 */
export const comparedFindingSchema = z.object({
  fingerprint: z.string(),
  /** The first of its numbers: in the later report if it is there, else in the earlier one. */
  number: z.string(),
  item: z.string(),
  severity: z.nullable(z.enum(severities)),
  method: z.nullable(z.string()),
  url: z.nullable(z.string()),
  parameter: z.nullable(z.string()),
  numbers: z.object({ base: z.array(z.string()), head: z.array(z.string()) }),
  /** Risk level in the earlier report, if the later one differs. */
  severityBefore: z.optional(z.nullable(z.enum(severities))),
});

export const comparedReportSchema = z.object({
  job: jobSchema,
  reportDate: z.nullable(instantSchema),
  expiresAt: z.nullable(instantSchema),
  /** The vendor's own counts. */
  summary: riskCountsSchema,
  /** Number of individual findings that could be read. */
  findingCount: z.int(),
});

export const comparisonSchema = z.object({
  base: comparedReportSchema,
  head: comparedReportSchema,
  new: z.array(comparedFindingSchema),
  remaining: z.array(comparedFindingSchema),
  /** In the later report only, but the earlier one could not be read in full: it is unknown whether these are new. */
  notComparable: z.array(comparedFindingSchema),
  /** Absent although the later run tested there again. */
  fixed: z.array(comparedFindingSchema),
  /** Absent, but the later run did not test there again or it is unknown whether it did. */
  notRetested: z.array(z.extend(comparedFindingSchema, { reason: z.enum(notRetestedReasons) })),
  /** Settings in which the two runs differ; `null` for an unknown value. */
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

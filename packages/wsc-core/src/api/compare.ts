import * as z from "zod/mini";
import { notRetestedReasons } from "../domain/retest-rule.ts";
import { comparedSettings } from "../domain/setting-differences.ts";
import { severities } from "../domain/severity.ts";
import { endpoint, instanceNoSchema, instantSchema } from "./endpoint.ts";
import { jobSchema } from "./jobs.ts";
import { coverageSchema, riskCountsSchema } from "./reports.ts";

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
  /** Gone although the later run looked there again. */
  fixed: z.array(comparedFindingSchema),
  /** Gone, but the later run did not look there again, or nobody can say whether it did. */
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

export const compareEndpoints = {
  /** Without `base` the predecessor of `head` is taken; PREDECESSOR_NOT_FOUND when there is none. */
  get: endpoint({
    method: "GET",
    path: "/api/compare",
    roles: ["viewer", "operator", "admin", "auditor"],
    query: z.strictObject({ base: z.optional(instanceNoSchema), head: instanceNoSchema }),
    response: comparisonSchema,
    status: 200,
  }),
} as const;

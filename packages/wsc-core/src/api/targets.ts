import * as z from "zod/mini";
import { endpoint, instanceNoSchema, instantSchema } from "./endpoint.ts";
import { jobSchema, staleSchema } from "./jobs.ts";
import { riskCountsSchema } from "./reports.ts";

const change = z.nullable(z.number());

/** The vendor's counts of one report, as a point in time. */
export const trendPointSchema = z.extend(riskCountsSchema, { instanceNo: instanceNoSchema, endedAt: instantSchema });
export type TrendPoint = z.output<typeof trendPointSchema>;

export const targetSchema = z.object({
  /** Name and port: what makes two URLs one target. */
  host: z.string(),
  /** The newest job, whatever became of it. */
  lastJob: jobSchema,
  /** The newest readable report; `null` when there is none, or when it has not been read yet (`isComplete`). */
  latest: z.nullable(trendPointSchema),
  /** Latest minus the report before it; `null` where there is nothing to compare. */
  change: z.nullable(z.object({ total: change, high: change, medium: change, low: change })),
  /** As far as this dashboard knows: `of` is the job to scan again, `left` how often of three times; the upstream decides. */
  rescan: z.nullable(z.object({ of: instanceNoSchema, daysLeft: z.int(), left: z.int() })),
  /** Oldest first; empty with fewer than three reports. */
  trend: z.array(trendPointSchema),
  /** Whether every report that this row is made of has been read. */
  isComplete: z.boolean(),
});
export type Target = z.output<typeof targetSchema>;

export const targetListSchema = z.object({
  /** Most open high risks first, then medium, low, and the longest without a scan. */
  targets: z.array(targetSchema),
  /** Whether something is missing: older jobs that were not looked at, or reports that were not read yet. */
  partial: z.boolean(),
  jobs: z.object({ read: z.int(), total: z.int() }),
  /** Reports still to be read, a few with each call; ask again while there are some. */
  pendingReports: z.int(),
  /** Reports that the upstream did not give; they are tried again later. */
  failedReports: z.int(),
  asOf: instantSchema,
  stale: z.optional(staleSchema),
});
export type TargetList = z.output<typeof targetListSchema>;

export const targetEndpoints = {
  list: endpoint({
    method: "GET",
    path: "/api/targets",
    roles: ["viewer", "operator", "admin", "auditor"],
    response: targetListSchema,
    status: 200,
  }),
} as const;

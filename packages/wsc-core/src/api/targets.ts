import * as z from "zod/mini";
import { jobSchema } from "../domain/job.ts";
import { riskCountsSchema } from "../domain/report.ts";
import { instanceNoSchema, instantSchema } from "../domain/scalars.ts";
import { endpoint } from "./endpoint.ts";
import { staleSchema } from "./jobs.ts";
import { signInSchema } from "./sign-in.ts";
import { webUrlSchema } from "./web-url.ts";

const actors = ["operator", "admin"] as const;

/** Longest excerpt of a page that a check gives back, in characters. */
export const excerptLength = 600;

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
  /** Fetches the target, or signs in to it, as the dashboard will do it when the submission is due. */
  check: endpoint({
    method: "POST",
    path: "/api/targets/check",
    roles: actors,
    body: z.strictObject({ startUrl: webUrlSchema, signIn: z._default(signInSchema, { kind: "none" }) }),
    response: z.object({
      /** Where the last redirect led. */
      finalUrl: z.string(),
      status: z.int(),
      /** Names of the cookies that were seen; never a value. */
      cookieNames: z.array(z.string()),
      /** The page's beginning as text. Hostile text. */
      excerpt: z.string(),
    }),
    status: 200,
  }),
  /** The file that proves who may have a managed server scanned: what it holds, where it belongs, and whether it stands there. */
  ownership: endpoint({
    method: "POST",
    path: "/api/targets/ownership",
    roles: actors,
    body: z.strictObject({ startUrl: webUrlSchema }),
    response: z.object({
      fileName: z.string(),
      content: z.string(),
      /** Any one of them is enough. */
      urls: z.array(z.string()),
      verified: z.boolean(),
      /** What was found at each of the `urls`, in their order. */
      tried: z.array(
        z.object({
          url: z.string(),
          found: z.enum(["match", "other", "missing", "failed"]),
          /** Status of the target's answer, when there was one. */
          status: z.optional(z.int()),
          /** Why there was none. */
          code: z.optional(z.string()),
        }),
      ),
    }),
    status: 200,
  }),
} as const;

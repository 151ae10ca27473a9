import * as z from "zod/mini";
import { findingCountsSchema } from "../domain/comparison-counts.ts";
import { jobPhases } from "../domain/job-status.ts";
import { instanceNoSchema, instantSchema } from "../domain/scalars.ts";
import { endpoint, roles } from "./endpoint.ts";
import { plannedScanSchema } from "./planned-scan.ts";
import { readingSchema } from "./reading.ts";
import { budgetUseSchema } from "./submissions.ts";
import { targetSchema } from "./targets.ts";

/**
 * What needs attention. needsDecision: submissions that wait for a person. inDoubt: submissions of unknown outcome.
 * schedulesPaused: paused schedules. The others count the targets with the sign of the same name.
 */
export const attentionKinds = [
  "needsDecision",
  "inDoubt",
  "login",
  "failed",
  "schedulesPaused",
  "unread",
  "expiring",
] as const;
export type AttentionKind = (typeof attentionKinds)[number];

const month = z.string().check(z.regex(/^\d{4}-\d{2}$/));

/** Sums of open findings at one instant, over the newest readable reports of all targets. */
const openCounts = {
  high: z.int(),
  medium: z.int(),
  low: z.int(),
  /** Targets with a report that was read. */
  targets: z.int(),
  /** Number of these whose counts by the vendor are incomplete; they are not in the sums. */
  uncounted: z.int(),
};

export const overviewSchema = z.object({
  /** `unread`: number of targets whose newest report has not been read or cannot be read now. */
  open: z.object({ ...openCounts, unread: z.int() }),
  /** At the end of each of the last twelve months, the current one as of now; oldest first. Reports are readable for one year. */
  course: z.array(z.object({ month, ...openCounts })),
  /** Jobs that finished in the current month, and the results of their comparisons. */
  month: z.object({
    month,
    jobs: z.int(),
    compared: z.int(),
    new: findingCountsSchema,
    fixed: findingCountsSchema,
  }),
  /** Targets with open findings, worst first. */
  worst: z.array(targetSchema),
  targets: z.int(),
  /** Kinds with count 0 are omitted. */
  attention: z.array(z.object({ kind: z.enum(attentionKinds), count: z.int() })),
  running: z.object({
    total: z.int(),
    jobs: z.array(
      z.object({
        instanceNo: instanceNoSchema,
        host: z.string(),
        status: z.object({ text: z.string(), phase: z.enum(jobPhases) }),
        startedAt: z.nullable(instantSchema),
      }),
    ),
  }),
  /** Scans planned here for the next seven days, the next one first. */
  upcoming: z.object({ total: z.int(), scans: z.array(z.extend(plannedScanSchema, { host: z.string() })) }),
  budget: budgetUseSchema,
  reading: readingSchema,
  /** IANA zone of the months. */
  zone: z.string(),
  asOf: instantSchema,
});
export type Overview = z.output<typeof overviewSchema>;

/** The monthly report for management. */
export const monthlyReportSchema = z.object({
  month,
  /** Whether the month is over; if not, the values are as of now. */
  isOver: z.boolean(),
  /** By each target's newest report at the end of the month, and of the month before. Reports can be read for one year only. */
  open: z.object(openCounts),
  before: z.object(openCounts),
  /** Number of comparisons whose later job ended in the month; their findings follow. */
  compared: z.int(),
  new: findingCountsSchema,
  fixed: findingCountsSchema,
  /** Number of findings with an accepted risk at the end of the month. */
  accepted: z.int(),
  /** Targets that are known, and those with a job that finished in the month. */
  targets: z.object({ known: z.int(), scanned: z.int() }),
  /** Known targets without a job that finished in the month; the first ones in alphabetical order. */
  unscanned: z.array(z.string()),
  /** Jobs that ended in the month, and the number allowed by the budget; `null` for no limit. */
  jobs: z.object({ finished: z.int(), failed: z.int(), limit: z.nullable(z.int()) }),
  /** Months with data, the current one first. */
  months: z.array(month),
  reading: readingSchema,
  zone: z.string(),
  asOf: instantSchema,
});
export type MonthlyReport = z.output<typeof monthlyReportSchema>;

export const overviewEndpoints = {
  get: endpoint({ method: "GET", path: "/api/overview", roles, response: overviewSchema, status: 200 }),
  /** Default: the current month. A month without data is refused with VALUE_INVALID at /month. */
  monthly: endpoint({
    method: "GET",
    path: "/api/reports/monthly",
    roles,
    query: z.strictObject({ month: z.optional(month) }),
    response: monthlyReportSchema,
    status: 200,
  }),
} as const;

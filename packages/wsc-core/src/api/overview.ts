import * as z from "zod/mini";
import { findingCountsSchema } from "../domain/comparison-counts.ts";
import { jobPhases } from "../domain/job-status.ts";
import { instanceNoSchema, instantSchema } from "../domain/scalars.ts";
import { endpoint, roles } from "./endpoint.ts";
import { plannedScanSchema } from "./planned-scan.ts";
import { budgetUseSchema } from "./submissions.ts";
import { readingSchema, targetSchema } from "./targets.ts";

/**
 * What needs somebody. needsDecision: submissions that wait for a person. inDoubt: submissions of unknown outcome. schedulesPaused:
 * schedules that run no more. The others count targets by the sign of the same name.
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

/** Open findings of the newest readable reports of all targets at one instant, summed. */
const openCounts = {
  high: z.int(),
  medium: z.int(),
  low: z.int(),
  /** Targets with a report that was read. */
  targets: z.int(),
  /** Of these, targets for which the vendor gave not every count; they are not in the sums. */
  uncounted: z.int(),
};

export const overviewSchema = z.object({
  /** `unread`: targets whose newest report has not been read or cannot be read now. */
  open: z.object({ ...openCounts, unread: z.int() }),
  /** At the end of each of the last twelve months, the present one as of now; oldest first. Reports stay readable for a year only. */
  course: z.array(z.object({ month, ...openCounts })),
  /** Jobs that finished in the present month, and what their comparisons found. */
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
  /** Kinds without any are left out. */
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
  /** Zone of the months. */
  zone: z.string(),
  asOf: instantSchema,
});
export type Overview = z.output<typeof overviewSchema>;

/** What management is told of one month. */
export const monthlyReportSchema = z.object({
  month,
  /** Whether the month is over; else it is told as of now. */
  isOver: z.boolean(),
  /** By the newest report of each target at the end of the month, and of the month before. Reports stay readable for a year only. */
  open: z.object(openCounts),
  before: z.object(openCounts),
  /** Findings of the comparisons whose later job ended in the month. */
  compared: z.int(),
  new: findingCountsSchema,
  fixed: findingCountsSchema,
  /** Findings whose risk was accepted at the end of the month. */
  accepted: z.int(),
  /** Targets that are known, and those with a job that finished in the month. */
  targets: z.object({ known: z.int(), scanned: z.int() }),
  /** Known targets without a job that finished in the month, the first in alphabetical order. */
  unscanned: z.array(z.string()),
  /** Jobs that ended in the month, and how many the budget allowed; `null`: any number. */
  jobs: z.object({ finished: z.int(), failed: z.int(), limit: z.nullable(z.int()) }),
  /** Months that can be told of, the present one first. */
  months: z.array(month),
  reading: readingSchema,
  zone: z.string(),
  asOf: instantSchema,
});
export type MonthlyReport = z.output<typeof monthlyReportSchema>;

export const overviewEndpoints = {
  get: endpoint({ method: "GET", path: "/api/overview", roles, response: overviewSchema, status: 200 }),
  /** Without a month the present one. A month of which nothing is known any more is refused: VALUE_INVALID at /month. */
  monthly: endpoint({
    method: "GET",
    path: "/api/reports/monthly",
    roles,
    query: z.strictObject({ month: z.optional(month) }),
    response: monthlyReportSchema,
    status: 200,
  }),
} as const;

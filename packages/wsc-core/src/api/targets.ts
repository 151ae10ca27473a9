import * as z from "zod/mini";
import { comparisonCountsSchema } from "../domain/comparison-counts.ts";
import { incomparableReasons } from "../domain/comparison-partner.ts";
import { jobPhases } from "../domain/job-status.ts";
import { riskCountsSchema } from "../domain/report.ts";
import { instanceNoSchema, instantSchema } from "../domain/scalars.ts";
import { readTargetHost } from "../domain/target.ts";
import { endpoint, fileSchema } from "./endpoint.ts";
import { limits } from "./limits.ts";
import { plannedScanSchema } from "./planned-scan.ts";
import { signInSchema } from "./sign-in.ts";
import { targetDescribeSchema, targetDetailsSchema, targetImportSchema } from "./target-details.ts";
import { webUrlSchema } from "./web-url.ts";

const actors = ["operator", "admin"] as const;

/** Longest excerpt of a page that a check gives back, in characters. */
export const excerptLength = 600;

/** The host in the address of one target that people describe. */
const describedTarget = z.strictObject({
  host: z.string().check(
    z.minLength(1),
    z.maxLength(300),
    z.refine((host) => readTargetHost(host) === host || readTargetHost(`http://${host}`) === host),
  ),
});

const readers = ["viewer", "operator", "admin", "auditor"] as const;

/** Name and port of a target, as a part of an address. */
export const targetHostSchema = z.string().check(z.minLength(1), z.maxLength(300));

/** The vendor's counts of one report, as a point in time. */
export const trendPointSchema = z.extend(riskCountsSchema, { instanceNo: instanceNoSchema, endedAt: instantSchema });
export type TrendPoint = z.output<typeof trendPointSchema>;

/** What a job of the list came to, as far as it concerns its target. */
const lastJobSchema = z.object({
  instanceNo: instanceNoSchema,
  status: z.object({ text: z.string(), phase: z.enum(jobPhases) }),
  startedAt: z.nullable(instantSchema),
  endedAt: z.nullable(instantSchema),
});

/** A comparison with the right partner, in numbers. */
export const targetChangeSchema = z.extend(comparisonCountsSchema, {
  base: instanceNoSchema,
  baseEndedAt: z.nullable(instantSchema),
});
export type TargetChange = z.output<typeof targetChangeSchema>;

/**
 * What a target can be filtered by. open: its newest report has findings that are open; high, medium, low: of that risk. new, fixed: a
 * comparison of this month. running: a job is waiting or running. failed: its last job failed. login: the last job ordered here
 * failed at the login. unread: a report could not be read. expiring: its newest report closes within 30 days. unscheduled: no
 * scan is to come. unscanned: it is known from people alone, no job of it is.
 */
export const targetSigns = [
  "open",
  "high",
  "medium",
  "low",
  "new",
  "fixed",
  "running",
  "failed",
  "login",
  "unread",
  "expiring",
  "unscheduled",
  "unscanned",
] as const;
export type TargetSign = (typeof targetSigns)[number];

export const targetSchema = z.object({
  /** Name and port: what makes two URLs one target. */
  host: z.string(),
  /** What people say about it; `null`: nothing. */
  details: z.nullable(targetDetailsSchema),
  /** The newest job, whatever became of it; `null`: none is known. */
  lastJob: z.nullable(lastJobSchema),
  /** The newest readable report; `null` when there is none, or when it has not been read (`latestState`). */
  latest: z.nullable(
    z.extend(trendPointSchema, {
      /** The vendor's counts without findings that are false positives, accepted or fixed. */
      open: riskCountsSchema,
      expiresAt: z.nullable(instantSchema),
    }),
  ),
  /** read: `latest` holds it. waiting: it will be read. failed: it could not be read, and is tried again. none: no report. */
  latestState: z.enum(["read", "waiting", "failed", "none"]),
  /** `latest` against its partner; `null` where there is none, or where it has not been compared yet. */
  change: z.nullable(targetChangeSchema),
  /** Why there is no change; `null` when there is one, or when it will come. */
  notComparable: z.nullable(z.enum(incomparableReasons)),
  /** Findings of the comparisons of this month. */
  month: z.object({ new: z.int(), fixed: z.int() }),
  /** The next scan that is planned here. */
  next: z.nullable(plannedScanSchema),
  /** As far as this dashboard knows: `of` is the job to scan again, `left` how often of three times; the upstream decides. */
  rescan: z.nullable(z.object({ of: instanceNoSchema, daysLeft: z.int(), left: z.int() })),
  /** At most the twelve newest reports, oldest first. */
  trend: z.array(trendPointSchema),
  signs: z.array(z.enum(targetSigns)),
});
export type Target = z.output<typeof targetSchema>;

/** How far the jobs and reports of the account have been read in the background. */
export const readingSchema = z.object({
  /** Whether it is switched on (`WSC_BACKGROUND_READ_MS`). */
  isOn: z.boolean(),
  /** Jobs that are known. */
  jobs: z.int(),
  /** Reports that are still to be read for the first time. */
  waiting: z.int(),
  /** Reports that could not be read; they are tried again. */
  failed: z.int(),
  /** When the list of jobs was last read to its end; `null`: not yet. */
  listReadAt: z.nullable(instantSchema),
  /** Whether it showed every job of the last year. */
  isListComplete: z.boolean(),
  /** Why the list could not be read, when nothing has succeeded since. */
  failure: z.nullable(z.object({ code: z.string(), at: instantSchema })),
});
export type Reading = z.output<typeof readingSchema>;

export const targetListSchema = z.object({
  /** Most open high risks first, then medium, low, and the longest without a scan. */
  targets: z.array(targetSchema),
  reading: readingSchema,
  asOf: instantSchema,
});
export type TargetList = z.output<typeof targetListSchema>;

/** A job of a target with what its report counts. */
export const targetJobSchema = z.extend(lastJobSchema, {
  startUrl: z.string(),
  crawlCount: z.nullable(z.number()),
  reportState: z.enum(["read", "waiting", "failed", "none", "expired"]),
  failureCode: z.nullable(z.string()),
  expiresAt: z.nullable(instantSchema),
  counts: z.nullable(riskCountsSchema),
  change: z.nullable(targetChangeSchema),
  notComparable: z.nullable(z.enum(incomparableReasons)),
});
export type TargetJob = z.output<typeof targetJobSchema>;

/** Jobs of a target in one answer. */
export const shownTargetJobs = 200;

export const targetDetailSchema = z.object({
  target: targetSchema,
  /** The newest first, `shownTargetJobs` at most. */
  jobs: z.array(targetJobSchema),
  jobCount: z.int(),
  schedules: z.array(
    z.object({
      id: z.string(),
      startUrl: z.string(),
      state: z.enum(["active", "paused"]),
      nextAt: z.nullable(instantSchema),
    }),
  ),
  reading: readingSchema,
  asOf: instantSchema,
});
export type TargetDetail = z.output<typeof targetDetailSchema>;

export const targetEndpoints = {
  list: endpoint({
    method: "GET",
    path: "/api/targets",
    roles: readers,
    response: targetListSchema,
    tokenScope: "rows",
    status: 200,
  }),
  /** What people say about targets as CSV, in the form in which it can be imported. */
  export: endpoint({
    method: "GET",
    path: "/api/targets/export",
    roles: readers,
    response: fileSchema,
    answer: "file",
    audit: "call",
    status: 200,
  }),
  /**
   * Describes the targets of a CSV file. Its first row names the columns: host, and any of owner, service, tags and note; what has no
   * column stays. A row that cannot be taken does not stop the others. Throws TARGET_FILE_UNREADABLE.
   */
  import: endpoint({
    method: "POST",
    path: "/api/targets/import",
    roles: actors,
    body: z.strictObject({
      csv: z.string().check(z.maxLength(limits.targetFileLength)),
      /** Says what would come of each row, and changes nothing. */
      dryRun: z.boolean(),
    }),
    response: targetImportSchema,
    audit: "handler",
    idempotency: "answer",
    status: 200,
  }),
  get: endpoint({
    method: "GET",
    path: "/api/targets/:host",
    roles: readers,
    params: z.strictObject({ host: targetHostSchema }),
    response: targetDetailSchema,
    status: 200,
  }),
  /** Says whose a target is and what belongs to it. One that nothing is known of becomes a target by it. Throws TARGET_CHANGED. */
  describe: endpoint({
    method: "PUT",
    path: "/api/targets/:host/details",
    roles: actors,
    params: describedTarget,
    body: targetDescribeSchema,
    response: z.object({ details: targetDetailsSchema }),
    audit: "handler",
    status: 200,
  }),
  /** Removes what people said about a target. Without a job it is no target any more. */
  removeDetails: endpoint({
    method: "DELETE",
    path: "/api/targets/:host/details",
    roles: actors,
    params: describedTarget,
    body: z.strictObject({}),
    response: z.object({ removed: z.boolean() }),
    audit: "handler",
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
    tokenScope: "body",
    status: 200,
  }),
  /** Reads a login page and says which fields its form has, so that nobody has to look at the page's source. */
  findLogin: endpoint({
    method: "POST",
    path: "/api/targets/login-form",
    roles: actors,
    body: z.strictObject({ pageUrl: webUrlSchema }),
    response: z.object({
      finalUrl: z.string(),
      status: z.int(),
      /** `null`: the page has no form that asks for a user name and a password. */
      form: z.nullable(
        z.object({
          actionUrl: z.string(),
          idParam: z.string(),
          passwordParam: z.string(),
          /** Further fields that a visitor fills in. */
          others: z.array(z.string()),
        }),
      ),
      /** The page's beginning as text. Hostile text. */
      excerpt: z.string(),
    }),
    tokenScope: "people",
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
    tokenScope: "body",
    status: 200,
  }),
} as const;

import * as z from "zod/mini";
import { comparisonCountsSchema } from "../domain/comparison-counts.ts";
import { incomparableReasons } from "../domain/comparison-partner.ts";
import { jobPhases } from "../domain/job-status.ts";
import { riskCountsSchema } from "../domain/report.ts";
import { instanceNoSchema, instantSchema } from "../domain/scalars.ts";
import { readTargetHost } from "../domain/target.ts";
import { targetViewSchema } from "../domain/target-view.ts";
import { endpoint, fileSchema } from "./endpoint.ts";
import { limits } from "./limits.ts";
import { plannedScanSchema } from "./planned-scan.ts";
import { readingSchema } from "./reading.ts";
import { signInSchema } from "./sign-in.ts";
import { targetDescribeSchema, targetDetailsSchema, targetImportSchema } from "./target-details.ts";
import { targetSigns } from "./target-signs.ts";
import { webUrlSchema } from "./web-url.ts";

const actors = ["operator", "admin"] as const;

/** Maximum length of the page excerpt that a check returns, in characters. */
export const excerptLength = 600;

const describedHostSchema = z.string().check(
  z.minLength(1),
  z.maxLength(300),
  z.refine((host) => readTargetHost(host) === host || readTargetHost(`http://${host}`) === host),
);

/** The target whose details are edited; its host is part of the path. */
const describedTarget = z.strictObject({ host: describedHostSchema });

/** Hosts in an address, separated by commas. */
const hostListSchema = z.pipe(
  z.pipe(
    z.string().check(z.maxLength(limits.exportedHostsLength)),
    z.transform((text) => text.split(",")),
  ),
  z.array(describedHostSchema).check(z.maxLength(limits.planTargets)),
);

const readers = ["viewer", "operator", "admin", "auditor"] as const;

/** Name and port of a target, as a part of an address. */
export const targetHostSchema = z.string().check(z.minLength(1), z.maxLength(300));

/** The vendor's counts of one report, as a point of the trend. */
export const trendPointSchema = z.extend(riskCountsSchema, { instanceNo: instanceNoSchema, endedAt: instantSchema });
export type TrendPoint = z.output<typeof trendPointSchema>;

/** Result of a listed job, as far as its target needs it. */
const lastJobSchema = z.object({
  instanceNo: instanceNoSchema,
  status: z.object({ text: z.string(), phase: z.enum(jobPhases) }),
  startedAt: z.nullable(instantSchema),
  endedAt: z.nullable(instantSchema),
});

/** Counts of the comparison with the partner. */
export const targetChangeSchema = z.extend(comparisonCountsSchema, {
  base: instanceNoSchema,
  baseEndedAt: z.nullable(instantSchema),
});
export type TargetChange = z.output<typeof targetChangeSchema>;

export const targetSchema = z.object({
  /** Name and port, the identity of the target. */
  host: z.string(),
  /** What people say about it; `null`: nothing. */
  details: z.nullable(targetDetailsSchema),
  /** The newest job, whatever its result; `null` if none is known. */
  lastJob: z.nullable(lastJobSchema),
  /** The newest readable report; `null` if there is none or it has not been read (`latestState`). */
  latest: z.nullable(
    z.extend(trendPointSchema, {
      /** The vendor's counts without findings that are false positives, accepted or fixed. */
      open: riskCountsSchema,
      expiresAt: z.nullable(instantSchema),
    }),
  ),
  /** read: see `latest`. waiting: not read yet. failed: could not be read and will be retried. none: no report. */
  latestState: z.enum(["read", "waiting", "failed", "none"]),
  /** Comparison of `latest` with its partner; `null` if there is none or it has not been made yet. */
  change: z.nullable(targetChangeSchema),
  /** Why there is no comparison; `null` if there is one or it will be made. */
  notComparable: z.nullable(z.enum(incomparableReasons)),
  /** Counts from the comparisons of this month. */
  month: z.object({ new: z.int(), fixed: z.int() }),
  /** The next scan planned here. */
  next: z.nullable(plannedScanSchema),
  /** As far as this dashboard knows: `of` is the job to scan again, `left` how often of three times; the upstream decides. */
  rescan: z.nullable(z.object({ of: instanceNoSchema, daysLeft: z.int(), left: z.int() })),
  /** At most the twelve newest reports, oldest first. */
  trend: z.array(trendPointSchema),
  signs: z.array(z.enum(targetSigns)),
});
export type Target = z.output<typeof targetSchema>;

export const targetListSchema = z.object({
  /** Sorted by open high risks, then medium, then low, then the longest time without a scan. */
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

/** Maximum number of jobs of a target in one response. */
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
  /**
   * The details of targets as CSV, in the format of the import. `hosts`: separated by commas, also those without details; not set
   * for all targets with details.
   */
  export: endpoint({
    method: "GET",
    path: "/api/targets/export",
    roles: readers,
    query: z.strictObject({ hosts: z.optional(hostListSchema) }),
    response: fileSchema,
    answer: "file",
    audit: "call",
    status: 200,
  }),
  /**
   * Sets the details of targets from a CSV file. Its first row names the columns: host, and any of owner, service, tags and note;
   * details without a column are kept. An invalid row does not stop the others. Throws TARGET_FILE_UNREADABLE.
   */
  import: endpoint({
    method: "POST",
    path: "/api/targets/import",
    roles: actors,
    body: z.strictObject({
      csv: z.string().check(z.maxLength(limits.targetFileLength)),
      /** Returns the outcome of each row without changing anything. */
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
  /** Sets the details of a target, which creates a target for an unknown host. Throws TARGET_CHANGED. */
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
  /** Removes the details of a target. Without a job the target then no longer exists. */
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
  /**
   * Fetches the target, or signs in to it, exactly as the dashboard does when the submission is due. Throws 160351, with the page
   * that was seen, when a login by form failed.
   */
  check: endpoint({
    method: "POST",
    path: "/api/targets/check",
    roles: actors,
    body: z.strictObject({ startUrl: webUrlSchema, signIn: z._default(signInSchema, { kind: "none" }) }),
    response: targetViewSchema,
    tokenScope: "body",
    status: 200,
  }),
  /** Reads a login page and returns the fields of its form, so that nobody has to read the page's source. */
  findLogin: endpoint({
    method: "POST",
    path: "/api/targets/login-form",
    roles: actors,
    body: z.strictObject({ pageUrl: webUrlSchema }),
    response: z.object({
      finalUrl: z.string(),
      status: z.int(),
      /** `null` if the page has no form with user name and password. */
      form: z.nullable(
        z.object({
          actionUrl: z.string(),
          idParam: z.string(),
          passwordParam: z.string(),
          /** Further fields to be filled in. */
          others: z.array(z.string()),
        }),
      ),
      /** The page's beginning as text. Hostile text. */
      excerpt: z.string(),
    }),
    tokenScope: "people",
    status: 200,
  }),
  /** The ownership file that proves who may have a managed server scanned: its content, its URLs, and whether it is there. */
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
      /** Result for each of the `urls`, in order. */
      tried: z.array(
        z.object({
          url: z.string(),
          found: z.enum(["match", "other", "missing", "failed"]),
          /** Status of the target's answer, when there was one. */
          status: z.optional(z.int()),
          /** Why there was no response. */
          code: z.optional(z.string()),
        }),
      ),
    }),
    tokenScope: "body",
    status: 200,
  }),
} as const;

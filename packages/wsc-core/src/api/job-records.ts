import * as z from "zod/mini";
import { jobSchema } from "../domain/job.ts";
import { languages } from "../domain/language.ts";
import { riskCountsSchema } from "../domain/report.ts";
import { instanceNoSchema, instantSchema } from "../domain/scalars.ts";
import { isTimeZone } from "../domain/wall-time.ts";
import { endpoint, fileSchema, roles } from "./endpoint.ts";
import { jobListQuerySchema } from "./existing-jobs.ts";
import { pageFields } from "./paging.ts";
import { readingSchema } from "./reading.ts";
import { jobTabs } from "./submissions.ts";

/**
 * Why a job needs attention. failed: the newest job of its target failed. login: the newest job of its target failed to log in.
 * unread: the newest report of its target cannot be read. expiring: that report expires within 30 days. unknown: the job's status
 * is unknown.
 */
export const jobSigns = ["failed", "login", "unread", "expiring", "unknown"] as const;
export type JobSign = (typeof jobSigns)[number];

export const jobOrders = ["target", "high", "medium", "low", "started", "expires"] as const;
export type JobOrder = (typeof jobOrders)[number];
/** A leading minus means descending: largest or latest first. */
export type SignedJobOrder = JobOrder | `-${JobOrder}`;
export const signedJobOrders = jobOrders.flatMap((order) => [order, `-${order}`] as const);

/** A job as the list showed it last. */
export const jobRecordSchema = z.object({
  job: jobSchema,
  /** The vendor's counts of its report; `null` while the report has not been read. */
  counts: z.nullable(riskCountsSchema),
  signs: z.array(z.enum(jobSigns)),
});
export type JobRecord = z.output<typeof jobRecordSchema>;

const { page, limit, ...searching } = jobListQuerySchema.shape;
const filters = {
  ...searching,
  tab: z.optional(z.enum(jobTabs)),
  /** Applies to the end of a job, or to its start if it has not ended. */
  from: z.optional(instantSchema),
  /** Exclusive. */
  until: z.optional(instantSchema),
  /** Default: newest first. */
  sort: z.optional(z.enum(signedJobOrders as [SignedJobOrder, ...SignedJobOrder[]])),
};

export const jobRecordQuerySchema = z.strictObject({ ...filters, page, limit });
export type JobRecordQuery = z.output<typeof jobRecordQuerySchema>;

/** Number of jobs per tab, including the submissions shown there that have not ended. */
export const tabCountsSchema = z.object({ active: z.int(), attention: z.int(), mine: z.int() });
export type TabCounts = z.output<typeof tabCountsSchema>;

export const jobRecordListSchema = z.object({
  records: z.array(jobRecordSchema),
  ...pageFields,
  tabs: tabCountsSchema,
  reading: readingSchema,
  /** When the list was last looked at. */
  asOf: instantSchema,
});
export type JobRecordList = z.output<typeof jobRecordListSchema>;

const mostNumbers = 100;
const longestNumber = 21;

export const jobCountsSchema = z.object({
  /** Without jobs whose report has not been read. */
  counts: z.array(z.extend(riskCountsSchema, { instanceNo: instanceNoSchema })),
  tabs: tabCountsSchema,
  reading: readingSchema,
});
export type JobCounts = z.output<typeof jobCountsSchema>;

/** Jobs from the background reading, because the upstream cannot sort, count or search by period. Does not call the upstream. */
export const jobRecordEndpoints = {
  list: endpoint({
    method: "GET",
    path: "/api/job-records",
    roles,
    query: jobRecordQuerySchema,
    response: jobRecordListSchema,
    status: 200,
  }),
  /** What the reports of some jobs count, and how many jobs there are in each tab. */
  counts: endpoint({
    method: "GET",
    path: "/api/job-records/counts",
    roles,
    query: z.strictObject({
      /** Job numbers, comma-separated. */
      instanceNos: z._default(
        z.pipe(
          z.string().check(z.maxLength(mostNumbers * longestNumber)),
          z.pipe(
            z.transform((text: string) => (text === "" ? [] : text.split(","))),
            z.array(instanceNoSchema).check(z.maxLength(mostNumbers)),
          ),
        ),
        [],
      ),
    }),
    response: jobCountsSchema,
    status: 200,
  }),
  /** All jobs that match the filters, for a spreadsheet. */
  export: endpoint({
    method: "GET",
    path: "/api/job-records/export",
    roles,
    query: z.strictObject({
      ...filters,
      lang: z._default(z.enum(languages), "en"),
      /** IANA zone of the times in the file; default the server's. */
      zone: z.optional(z.string().check(z.refine(isTimeZone))),
    }),
    response: fileSchema,
    answer: "file",
    audit: "call",
    status: 200,
  }),
} as const;

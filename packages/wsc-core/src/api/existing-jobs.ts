import * as z from "zod/mini";
import { jobSchema } from "../domain/job.ts";
import { instanceNoSchema, instantSchema } from "../domain/scalars.ts";
import { codeError, tooLong } from "./code-error.ts";
import { endpoint } from "./endpoint.ts";
import { limits } from "./limits.ts";
import { pageNumber } from "./paging.ts";

/** Re-scans known to this dashboard. */
const rescanLedgerSchema = z.object({
  firstInstanceNo: instanceNoSchema,
  used: z.int(),
  limit: z.int(),
  closesAt: z.nullable(instantSchema),
});

/** Marks an older response, used because the upstream fails now. */
export const staleSchema = z.object({
  code: z.string(),
  /** Seconds to wait, if the upstream asked for it. */
  retryAfter: z.optional(z.number()),
  /** The upstream failed repeatedly and is not called before this instant. */
  retryAt: z.optional(instantSchema),
});

export const jobListSchema = z.object({
  jobs: z.array(jobSchema),
  total: z.int(),
  page: z.int(),
  pageCount: z.int(),
  limit: z.int(),
  /** When the upstream gave this answer. */
  asOf: instantSchema,
  stale: z.optional(staleSchema),
  /** Records of this page that could not be read, because they have no id. */
  unreadable: z.optional(z.int()),
});
export type JobList = z.output<typeof jobListSchema>;

/** Search parameters: `searchBy` is the field that `q` searches; `status` is one vendor code. The upstream cannot sort. */
export const jobListQuerySchema = z.strictObject({
  q: z._default(z.string().check(z.maxLength(500)), ""),
  searchBy: z._default(z.enum(["url", "memo"]), "url"),
  status: z.optional(
    z.pipe(
      z.enum(["12", "13", "14", "15", "2", "3", "4", "5", "91", "92", "93"]),
      z.transform((text) => Number(text)),
    ),
  ),
  page: pageNumber(1_000_000, 1),
  limit: pageNumber(100, 50),
});

const readers = ["viewer", "operator", "admin", "auditor"] as const;
const actors = ["operator", "admin"] as const;
export const oneJob = z.strictObject({ instanceNo: instanceNoSchema });

/** Reading and ending jobs. Apart from creating them, whose schemas are large and which few pages do. */
export const existingJobEndpoints = {
  list: endpoint({
    method: "GET",
    path: "/api/jobs",
    roles: readers,
    query: jobListQuerySchema,
    response: jobListSchema,
    answer: "serialised",
    tokenScope: "rows",
    status: 200,
  }),
  get: endpoint({
    method: "GET",
    path: "/api/jobs/:instanceNo",
    roles: readers,
    params: oneJob,
    response: z.object({
      job: jobSchema,
      asOf: instantSchema,
      stale: z.optional(staleSchema),
      /** For a job that may be scanned again. */
      rescan: z.optional(rescanLedgerSchema),
    }),
    tokenScope: "jobs",
    status: 200,
  }),
  cancel: endpoint({
    method: "POST",
    path: "/api/jobs/:instanceNo/cancel",
    roles: actors,
    params: oneJob,
    body: z.strictObject({}),
    response: z.object({ job: jobSchema }),
    idempotency: "answer",
    audit: "handler",
    tokenScope: "jobs",
    status: 200,
  }),
  stop: endpoint({
    method: "POST",
    path: "/api/jobs/:instanceNo/stop",
    roles: actors,
    params: oneJob,
    body: z.strictObject({}),
    response: z.object({ job: jobSchema }),
    idempotency: "answer",
    audit: "handler",
    tokenScope: "jobs",
    status: 200,
  }),
  cancelMany: endpoint({
    method: "POST",
    path: "/api/jobs/cancel",
    roles: actors,
    body: z.strictObject({
      instanceNos: z
        .array(instanceNoSchema)
        .check(z.minLength(1, codeError("160432")), z.maxLength(limits.cancelMany, tooLong)),
    }),
    response: z.object({
      /** One per id, in request order; `code` is the error if the job could not be read. */
      results: z.array(
        z.object({ instanceNo: instanceNoSchema, job: z.optional(jobSchema), code: z.optional(z.string()) }),
      ),
    }),
    idempotency: "answer",
    audit: "handler",
    tokenScope: "jobs",
    status: 200,
  }),
} as const;

import * as z from "zod/mini";
import { incomparableReasons } from "../domain/comparison-partner.ts";
import { coverageSchema } from "../domain/coverage.ts";
import { findingListSchema } from "../domain/finding-list.ts";
import { jobSchema } from "../domain/job.ts";
import { languages } from "../domain/language.ts";
import { reportSchema } from "../domain/report.ts";
import { instanceNoSchema, instantSchema } from "../domain/scalars.ts";
import { isTimeZone } from "../domain/wall-time.ts";
import { endpoint, fileSchema } from "./endpoint.ts";
import { findingQueryFields } from "./finding-query.ts";

/** Export formats of a report. All hold the same findings, all or those that match a filter; none holds sign-in data. */
export const exportFormats = ["sarif", "defectdojo", "csv", "json", "html"] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Reports that expire within a month, for the reminder to save them. */
export const closingReportsSchema = z.object({
  /** The next to close first. */
  reports: z.array(z.object({ instanceNo: instanceNoSchema, startUrl: z.string(), expiresAt: instantSchema })),
  /** Whether every job was examined; if not, older jobs and those the upstream did not return may be missing. */
  complete: z.boolean(),
});
export type ClosingReports = z.output<typeof closingReportsSchema>;

const readers = ["viewer", "operator", "admin", "auditor"] as const;
const oneJob = z.strictObject({ instanceNo: instanceNoSchema });

export const reportEndpoints = {
  get: endpoint({
    method: "GET",
    path: "/api/jobs/:instanceNo/report",
    roles: readers,
    params: oneJob,
    response: reportSchema,
    answer: "serialised",
    longField: { name: "findings", entries: findingListSchema },
    tokenScope: "jobs",
    status: 200,
  }),
  /** Returns the job to compare with, as chosen by `choosePartner`. */
  predecessor: endpoint({
    method: "GET",
    path: "/api/jobs/:instanceNo/report/predecessor",
    roles: readers,
    params: oneJob,
    response: z.object({
      predecessor: z.nullable(jobSchema),
      coverage: z.nullable(coverageSchema),
      /** Why there is none; `null` if there is one. */
      notComparable: z.nullable(z.enum(incomparableReasons)),
      /** The latest earlier job, when it differs in sign-in, checks or scope. */
      lookedAt: z.nullable(instanceNoSchema),
    }),
    tokenScope: "jobs",
    status: 200,
  }),
  closing: endpoint({
    method: "GET",
    path: "/api/reports/closing",
    roles: readers,
    response: closingReportsSchema,
    status: 200,
  }),
  export: endpoint({
    method: "GET",
    path: "/api/jobs/:instanceNo/report/export",
    roles: readers,
    params: oneJob,
    query: z.strictObject({
      format: z.enum(exportFormats),
      lang: z._default(z.enum(languages), "en"),
      /** IANA zone of the times in the file; default the server's. */
      zone: z.optional(z.string().check(z.refine(isTimeZone))),
      ...findingQueryFields,
    }),
    response: fileSchema,
    answer: "file",
    audit: "handler",
    tokenScope: "jobs",
    status: 200,
  }),
} as const;

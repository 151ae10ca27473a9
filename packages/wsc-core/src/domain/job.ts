import * as z from "zod/mini";
import { jobPhases } from "./job-status.ts";
import { instanceNoSchema, instantSchema } from "./scalars.ts";

/** What may be tried with a job; `capabilitiesOf` decides it. */
export const capabilitiesSchema = z.object({
  report: z.boolean(),
  cancel: z.boolean(),
  stop: z.boolean(),
  rescan: z.boolean(),
  cause: z.boolean(),
});
export type Capabilities = z.output<typeof capabilitiesSchema>;

/** A job of the vendor as the dashboard shows it. `null`: not given by the vendor. */
export const jobSchema = z.object({
  instanceNo: instanceNoSchema,
  startUrl: z.string(),
  memo: z.string(),
  status: z.object({ text: z.string(), phase: z.enum(jobPhases), code: z.optional(z.int()) }),
  progress: z.nullable(z.number()),
  crawlCount: z.nullable(z.number()),
  findingCount: z.nullable(z.number()),
  startedAt: z.nullable(instantSchema),
  endedAt: z.nullable(instantSchema),
  capabilities: capabilitiesSchema,
  reportExpiresAt: z.nullable(instantSchema),
  /** Further fields of the vendor's record, by the vendor's names. Hostile text. */
  extra: z.optional(z.record(z.string(), z.string())),
});
export type Job = z.output<typeof jobSchema>;

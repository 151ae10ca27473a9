import * as z from "zod/mini";
import { instantSchema } from "../domain/scalars.ts";

/** A scan to come: the run of a schedule, or a reservation, which is a submission. */
export const plannedScanSchema = z.object({
  kind: z.enum(["schedule", "reservation"]),
  /** Id of the schedule or submission. */
  id: z.string(),
  dueAt: instantSchema,
});
export type PlannedScan = z.output<typeof plannedScanSchema>;

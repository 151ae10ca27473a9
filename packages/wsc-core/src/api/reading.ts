import * as z from "zod/mini";
import { instantSchema } from "../domain/scalars.ts";

/** Progress of the background reading of the account's jobs and reports. */
export const readingSchema = z.object({
  /** Whether it is enabled (`WSC_BACKGROUND_READ_MS`). */
  isOn: z.boolean(),
  /** Number of known jobs. */
  jobs: z.int(),
  /** Number of reports not read yet. */
  waiting: z.int(),
  /** Number of reports that could not be read and will be retried. */
  failed: z.int(),
  /** When the job list was last read to its end; `null` if never. */
  listReadAt: z.nullable(instantSchema),
  /** Whether that covered every job of the last year. */
  isListComplete: z.boolean(),
  /** Why the list could not be read, when nothing has succeeded since. */
  failure: z.nullable(z.object({ code: z.string(), at: instantSchema })),
});
export type Reading = z.output<typeof readingSchema>;

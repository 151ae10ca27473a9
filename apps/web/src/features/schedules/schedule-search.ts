import * as z from "zod/mini";

/** `edit`: the form replaces the settings. */
export interface ScheduleSearch {
  readonly edit?: "1";
}

const searchSchema = z.object({ edit: z.catch(z.optional(z.literal("1")), undefined) });

export function readScheduleSearch(raw: Record<string, unknown>): ScheduleSearch {
  const { edit } = searchSchema.parse(raw);
  return edit === undefined ? {} : { edit };
}

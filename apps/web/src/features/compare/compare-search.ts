import { instanceNoSchema } from "@wsc-dashboard/wsc-core";
import * as z from "zod/mini";

/** `head`: the later job. `base`: the earlier one; without it the one before `head` is taken. */
export interface CompareSearch {
  readonly base?: string;
  readonly head?: string;
}

const searchSchema = z.object({
  base: z.catch(z.optional(instanceNoSchema), undefined),
  head: z.catch(z.optional(instanceNoSchema), undefined),
});

export function readCompareSearch(raw: Record<string, unknown>): CompareSearch {
  const { base, head } = searchSchema.parse(raw);
  return { ...(base === undefined ? {} : { base }), ...(head === undefined ? {} : { head }) };
}

import { instanceNoSchema } from "@wsc-dashboard/wsc-core";
import * as z from "zod/mini";
import { type Grouping, groupings } from "../../domain-ui/finding-groups.ts";
import { type Outcome, outcomes } from "../../domain-ui/outcome-mark.tsx";
import { readChoices, writeChoices } from "../../ui/choice-list.ts";

/**
 * `head`: the later job. `base`: the earlier one; without it the run before `head`. `show`: a comma list of outcomes; absent
 * means all. `group`: what the findings of an outcome are grouped by; absent means no grouping.
 */
export interface CompareSearch {
  readonly base?: string;
  readonly head?: string;
  readonly show?: string;
  readonly group?: Grouping;
}

const searchSchema = z.object({
  base: z.catch(z.optional(instanceNoSchema), undefined),
  head: z.catch(z.optional(instanceNoSchema), undefined),
  show: z.catch(z.optional(z.string()), undefined),
  group: z.catch(z.optional(z.enum(groupings)), undefined),
});

/** The outcomes a link asks for. */
export function readOutcomes(text: string | undefined): readonly Outcome[] {
  return readChoices(outcomes, text);
}

export function readCompareSearch(raw: Record<string, unknown>): CompareSearch {
  const { base, head, show, group } = searchSchema.parse(raw);
  const chosen = writeChoices(outcomes, readOutcomes(show));
  return {
    ...(base === undefined ? {} : { base }),
    ...(head === undefined ? {} : { head }),
    ...(chosen === undefined ? {} : { show: chosen }),
    ...(group === undefined ? {} : { group }),
  };
}

import { type Severity, severities } from "@wsc-dashboard/wsc-core";
import * as z from "zod/mini";
import { type Grouping, groupings } from "../../domain-ui/finding-groups.ts";
import { readChoices, writeChoices } from "../../ui/choice-list.ts";

/** `sev` is a comma list of risk levels; absent means all. `item` and `domain` are the report's own words. */
export interface ReportSearch {
  readonly sev?: string;
  readonly item?: string;
  readonly domain?: string;
  readonly q?: string;
  readonly group?: Grouping;
}

const word = z.catch(z.optional(z.string().check(z.minLength(1), z.maxLength(500))), undefined);

const searchSchema = z.object({
  sev: z.catch(z.optional(z.string()), undefined),
  item: word,
  domain: word,
  q: z.catch(z.optional(z.string().check(z.minLength(1), z.maxLength(200))), undefined),
  group: z.catch(z.optional(z.enum(groupings)), undefined),
});

/** The risk levels a link asks for. */
export function readSeverities(text: string | undefined): readonly Severity[] {
  return readChoices(severities, text);
}

/** A search without the parts that say nothing. */
export function compactReportSearch(search: { readonly [Name in keyof ReportSearch]: ReportSearch[Name] | undefined }) {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as ReportSearch;
}

export function readReportSearch(raw: Record<string, unknown>): ReportSearch {
  const { sev, ...rest } = searchSchema.parse(raw);
  return compactReportSearch({ sev: writeChoices(severities, readSeverities(sev)), ...rest });
}

/** The search without its filters; how findings are grouped stays. */
export function withoutFilters({ group }: ReportSearch): ReportSearch {
  return compactReportSearch({ group });
}

export function isFiltered(search: ReportSearch): boolean {
  return Object.keys(withoutFilters(search)).length < Object.keys(search).length;
}

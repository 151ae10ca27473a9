import {
  type FindingFilter,
  type FindingQuery,
  findingChanges,
  type Severity,
  severities,
  type Verdict,
  verdicts,
} from "@wsc-dashboard/wsc-core";
import * as z from "zod/mini";
import { type Grouping, groupings } from "../../domain-ui/finding-groups.ts";
import { readChoices, writeChoices } from "../../ui/choice-list.ts";

const word = (maxLength: number) =>
  z.catch(z.optional(z.string().check(z.minLength(1), z.maxLength(maxLength))), undefined);

const searchSchema = z.object({
  sev: z.catch(z.optional(z.string()), undefined),
  item: word(500),
  domain: word(500),
  path: word(2000),
  change: z.catch(z.optional(z.enum(findingChanges)), undefined),
  verdict: z.catch(z.optional(z.enum(verdicts)), undefined),
  decided: z.catch(z.optional(z.literal("without")), undefined),
  q: word(200),
  group: z.catch(z.optional(z.enum(groupings)), undefined),
  view: z.catch(z.optional(z.string().check(z.regex(/^[0-9a-z-]{1,64}$/))), undefined),
});

/** `sev` is a comma list of risk levels; absent means all. `item`, `domain` and `path` are the report's own words. */
export interface ReportSearch {
  readonly sev?: string;
  readonly item?: string;
  readonly domain?: string;
  readonly path?: string;
  readonly change?: (typeof findingChanges)[number];
  readonly verdict?: Verdict;
  /** Only what no decision has settled. */
  readonly decided?: "without";
  readonly q?: string;
  readonly group?: Grouping;
  /** A saved view, whose filters take its place. */
  readonly view?: string;
}

/** Parts of a search to change; `undefined` takes one out. */
export type ReportSearchPart = { readonly [Name in keyof ReportSearch]?: ReportSearch[Name] | undefined };

/** The criteria whose values are words of the report, in the order in which they are offered. */
export const facetNames = ["item", "path", "domain", "change", "verdict"] as const;
export type FacetName = (typeof facetNames)[number];

/** The risk levels a link asks for. */
export function readSeverities(text: string | undefined): readonly Severity[] {
  return readChoices(severities, text);
}

/** A search without the parts that say nothing. */
export function compactReportSearch(search: ReportSearchPart) {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as ReportSearch;
}

export function readReportSearch(raw: Record<string, unknown>): ReportSearch {
  const { sev, ...rest } = searchSchema.parse(raw);
  return compactReportSearch({ sev: writeChoices(severities, readSeverities(sev)), ...rest });
}

/** The search without its filters; how findings are grouped stays. */
export function withoutFilters({ group, view }: ReportSearch): ReportSearch {
  return compactReportSearch({ group, view });
}

export function isFiltered(search: ReportSearch): boolean {
  return Object.keys(withoutFilters(search)).length < Object.keys(search).length;
}

/** What the search asks of findings. */
export function filterOf({ sev, item, domain, path, change, verdict, decided, q }: ReportSearch): FindingFilter {
  const levels = sev === undefined ? undefined : readSeverities(sev);
  return { severities: levels, item, domain, path, change, verdict, decided, text: q };
}

/** What the search asks of findings, for the server. `base`: the job that changes are counted from. */
export function findingQueryOf(
  { group: _, view: __, ...criteria }: ReportSearch,
  base: string | undefined,
): FindingQuery {
  return criteria.change === undefined || base === undefined ? criteria : { ...criteria, base };
}

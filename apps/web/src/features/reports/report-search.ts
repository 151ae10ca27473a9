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

/** `sev`: a comma list of severities; absent means all. `item`, `domain` and `path` are the report's own words. */
export interface ReportSearch {
  readonly sev?: string;
  readonly item?: string;
  readonly domain?: string;
  readonly path?: string;
  readonly change?: (typeof findingChanges)[number];
  readonly verdict?: Verdict;
  /** Only findings that no decision has settled. */
  readonly decided?: "without";
  readonly q?: string;
  readonly group?: Grouping;
  /** Id of a saved view whose filters replace the others. */
  readonly view?: string;
}

/** Search parameters to change; `undefined` removes one. */
export type ReportSearchPart = { readonly [Name in keyof ReportSearch]?: ReportSearch[Name] | undefined };

/** Criteria whose values come from the report, in display order. */
export const facetNames = ["item", "path", "domain", "change", "verdict"] as const;
export type FacetName = (typeof facetNames)[number];

/** The severities a link asks for. */
export function readSeverities(text: string | undefined): readonly Severity[] {
  return readChoices(severities, text);
}

/** Leaves out parameters that have no effect. */
export function compactReportSearch(search: ReportSearchPart) {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as ReportSearch;
}

export function readReportSearch(raw: Record<string, unknown>): ReportSearch {
  const { sev, ...rest } = searchSchema.parse(raw);
  return compactReportSearch({ sev: writeChoices(severities, readSeverities(sev)), ...rest });
}

/** The search without its filters; the grouping stays. */
export function withoutFilters({ group, view }: ReportSearch): ReportSearch {
  return compactReportSearch({ group, view });
}

export function isFiltered(search: ReportSearch): boolean {
  return Object.keys(withoutFilters(search)).length < Object.keys(search).length;
}

/** The search as a filter of findings. */
export function filterOf({ sev, item, domain, path, change, verdict, decided, q }: ReportSearch): FindingFilter {
  const levels = sev === undefined ? undefined : readSeverities(sev);
  return { severities: levels, item, domain, path, change, verdict, decided, text: q };
}

/** The search as a filter for the server. `base`: the job that changes are relative to. */
export function findingQueryOf(
  { group: _, view: __, ...criteria }: ReportSearch,
  base: string | undefined,
): FindingQuery {
  return criteria.change === undefined || base === undefined ? criteria : { ...criteria, base };
}

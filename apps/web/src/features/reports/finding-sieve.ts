import {
  type Finding,
  type FindingChanges,
  type FindingCriterion,
  type FindingFilter,
  findingPlace,
  findingTests,
  type Severity,
  type Verdict,
  type VerdictFinder,
} from "@wsc-dashboard/wsc-core";
import type { FacetName } from "./report-search.ts";

/** How many findings each value of a facet would leave, with the other criteria unchanged. */
export interface FacetCounts extends Readonly<Record<FacetName, ReadonlyMap<string, number>>> {
  readonly severity: ReadonlyMap<Severity | null, number>;
}

export interface SiftedFindings {
  /** The findings that match the filter, in the order of the report. */
  readonly found: readonly Finding[];
  readonly facets: FacetCounts;
  /** Whether all findings have been filtered. */
  readonly isComplete: boolean;
  /** Whether the findings filtered so far, matching or not, are of several hosts. */
  readonly hasHosts: boolean;
}

const criteria: Readonly<Record<keyof FacetCounts, FindingCriterion>> = {
  severity: "severities",
  item: "item",
  path: "path",
  domain: "domain",
  change: "change",
  verdict: "verdict",
};

function increment<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Filters findings one by one, so that a long report can be filtered in steps. */
export function createSieve(filter: FindingFilter, changes: FindingChanges, verdictOf: VerdictFinder) {
  const tests = findingTests(filter, changes, verdictOf);
  const found: Finding[] = [];
  const hosts = new Set<string>();
  const facets = {
    severity: new Map<Severity | null, number>(),
    item: new Map<string, number>(),
    path: new Map<string, number>(),
    domain: new Map<string, number>(),
    change: new Map<string, number>(),
    verdict: new Map<Verdict, number>(),
  };

  /** The only criterion that rejects the finding, `null` when none does, and `undefined` when several do. */
  function refusalOf(finding: Finding): FindingCriterion | null | undefined {
    let refusal: FindingCriterion | null = null;
    for (const { criterion, accepts } of tests) {
      if (accepts(finding)) continue;
      if (refusal !== null) return undefined;
      refusal = criterion;
    }
    return refusal;
  }

  function add(finding: Finding): void {
    const { host, path } = findingPlace(finding);
    if (finding.url !== null) hosts.add(host);
    const refusal = refusalOf(finding);
    if (refusal === undefined) return;
    const counts = (facet: keyof FacetCounts): boolean => refusal === null || refusal === criteria[facet];
    const change = changes.get(finding.number);
    if (refusal === null) found.push(finding);
    if (counts("severity")) increment(facets.severity, finding.severity);
    if (counts("item")) increment(facets.item, finding.item);
    if (counts("path") && path !== "") increment(facets.path, path);
    if (counts("domain") && host !== "") increment(facets.domain, host);
    if (counts("verdict")) increment(facets.verdict, verdictOf(finding.fingerprint));
    if (counts("change") && change !== undefined) increment(facets.change, change);
  }

  return {
    add,
    result: (isComplete: boolean): SiftedFindings => ({ found, facets, isComplete, hasHosts: hosts.size > 1 }),
  };
}

/** The values of a facet, the most frequent first. */
export function facetValues(counts: ReadonlyMap<string, number>): readonly (readonly [value: string, count: number])[] {
  return [...counts].sort(([nameA, a], [nameB, b]) => b - a || (nameA < nameB ? -1 : 1));
}

import type { Finding, FindingChanges, FindingFilter, VerdictFinder } from "@wsc-dashboard/wsc-core";
import { useEffect, useMemo, useState } from "react";
import { runInSteps } from "../../ui/run-in-steps.ts";
import { createSieve, type SiftedFindings } from "./finding-sieve.ts";

/** So many are sifted before anything is shown. */
const firstStep = 1000;

interface Sifting {
  readonly findings: readonly Finding[];
  readonly filter: FindingFilter;
  /** The beginning, sifted with the same knowledge. */
  readonly first: SiftedFindings;
  readonly result: SiftedFindings;
}

/** The later result with the list of the earlier one where both are the same, so that nothing is drawn anew. */
export function keepSameList(before: SiftedFindings, after: SiftedFindings): SiftedFindings {
  const isSame =
    before.found.length === after.found.length &&
    before.found.every((finding, place) => finding === after.found[place]);
  return isSame ? { ...after, found: before.found } : after;
}

/**
 * The findings that a filter accepts, with the counts of its facets. A long report is sifted in steps: the beginning is there at
 * once. When only what is known of the findings changes, the list stays until it was sifted anew.
 */
export function useSiftedFindings(
  findings: readonly Finding[],
  filter: FindingFilter,
  changes: FindingChanges,
  verdictOf: VerdictFinder,
): SiftedFindings {
  const first = useMemo(() => {
    const sieve = createSieve(filter, changes, verdictOf);
    for (const finding of findings.slice(0, firstStep)) sieve.add(finding);
    return sieve.result(findings.length <= firstStep);
  }, [findings, filter, changes, verdictOf]);
  const [whole, setWhole] = useState<Sifting>({ findings, filter, first, result: first });
  useEffect(() => {
    if (first.isComplete) return;
    const sieve = createSieve(filter, changes, verdictOf);
    return runInSteps(findings, sieve.add, () =>
      setWhole((before) => ({
        findings,
        filter,
        first,
        result: before.findings === findings ? keepSameList(before.result, sieve.result(true)) : sieve.result(true),
      })),
    );
  }, [findings, filter, changes, verdictOf, first]);
  const isSameQuestion = whole.findings === findings && whole.filter === filter && whole.result.isComplete;
  return whole.first === first || (isSameQuestion && !first.isComplete) ? whole.result : first;
}

import type { Finding, FindingChanges, FindingFilter, VerdictFinder } from "@wsc-dashboard/wsc-core";
import { startTransition, useEffect, useMemo, useState } from "react";
import { runInSteps } from "../../ui/run-in-steps.ts";
import { createSieve, type SiftedFindings } from "./finding-sieve.ts";

/** So many findings are filtered before anything is shown: a few screens, in well below a tenth of a second on a slow phone. */
const firstStep = 150;

interface Sifting {
  readonly findings: readonly Finding[];
  readonly filter: FindingFilter;
  /** The beginning, filtered with the same changes and verdicts. */
  readonly first: SiftedFindings;
  readonly result: SiftedFindings;
}

/** The later result; it reuses the earlier list when both are the same, so that nothing is rendered again. */
export function keepSameList(before: SiftedFindings, after: SiftedFindings): SiftedFindings {
  const isSame =
    before.found.length === after.found.length &&
    before.found.every((finding, place) => finding === after.found[place]);
  return isSame ? { ...after, found: before.found } : after;
}

/**
 * The findings that match a filter, with facet counts. A long report is filtered in steps: the beginning is available at once.
 * When filter, changes or verdicts change, the list stays until filtering has finished, so that its rows are removed and created once.
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
    return runInSteps(findings, sieve.add, () => {
      const result = sieve.result(true);
      // A transition, so that React renders the list in steps too.
      startTransition(() =>
        setWhole((before) => ({
          findings,
          filter,
          first,
          result: before.findings === findings ? keepSameList(before.result, result) : result,
        })),
      );
    });
  }, [findings, filter, changes, verdictOf, first]);
  const before = useMemo(() => ({ ...whole.result, isComplete: false }), [whole]);
  if (first.isComplete) return first;
  if (whole.first === first) return whole.result;
  if (whole.findings !== findings || !whole.result.isComplete) return first;
  return whole.filter === filter ? whole.result : before;
}

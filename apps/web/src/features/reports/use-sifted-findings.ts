import type { Finding, FindingChanges, FindingFilter, VerdictFinder } from "@wsc-dashboard/wsc-core";
import { useEffect, useMemo, useState } from "react";
import { runInSteps } from "../../ui/run-in-steps.ts";
import { createSieve, type SiftedFindings } from "./finding-sieve.ts";

/** So many are sifted before anything is shown. */
const firstStep = 1000;

/** The findings that a filter accepts, with the counts of its facets. A long report is sifted in steps: the beginning is there at once. */
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
  const [whole, setWhole] = useState({ first, result: first });
  useEffect(() => {
    if (first.isComplete) return;
    const sieve = createSieve(filter, changes, verdictOf);
    return runInSteps(findings, sieve.add, () => setWhole({ first, result: sieve.result(true) }));
  }, [findings, filter, changes, verdictOf, first]);
  return whole.first === first ? whole.result : first;
}

import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { type FindingChanges, findingChangesOf, type Report } from "@wsc-dashboard/wsc-core";
import { useCallback, useDeferredValue, useMemo } from "react";
import { compareQuery } from "../../api/compare-query.ts";
import { predecessorQuery } from "../../api/report-query.ts";
import { stateIn, useReportVerdicts } from "../../verdicts/verdict-context.tsx";
import type { SiftedFindings } from "./finding-sieve.ts";
import { compactReportSearch, filterOf, type ReportSearch } from "./report-search.ts";
import { useSiftedFindings } from "./use-sifted-findings.ts";

const route = getRouteApi("/jobs/$instanceNo/report");
const noChanges: FindingChanges = new Map();

/** The findings of a report as the address selects them: what is shown, printed and exported. */
export interface ReportFindings {
  readonly search: ReportSearch;
  readonly sifted: SiftedFindings;
  readonly changes: FindingChanges;
  /** The number of the job that changes are relative to. */
  readonly base: string | undefined;
}

export function useReportFindings(report: Report): ReportFindings {
  const search = route.useSearch();
  const head = report.job.instanceNo;
  const base = useQuery(predecessorQuery(head)).data?.predecessor?.instanceNo;
  const comparison = useQuery({ ...compareQuery(head, base), enabled: base !== undefined }).data;
  const changes = useMemo(() => (comparison === undefined ? noChanges : findingChangesOf(comparison)), [comparison]);
  // The filter controls update at once; the findings follow as a deferred update.
  const { sev, item, domain, path, change, verdict, decided, q } = useDeferredValue(search);
  const filter = useMemo(
    () => filterOf(compactReportSearch({ sev, item, domain, path, change, verdict, decided, q })),
    [sev, item, domain, path, change, verdict, decided, q],
  );
  const verdicts = useReportVerdicts();
  // Without a stored verdict, the answer about them says what was assumed before: the findings are not filtered again.
  const stored = verdicts?.isAny ? verdicts : null;
  const verdictOf = useCallback((fingerprint: string) => stateIn(stored, fingerprint), [stored]);
  const sifted = useSiftedFindings(report.findings, filter, changes, verdictOf);
  return { search, sifted, changes, base };
}

import { useQueries } from "@tanstack/react-query";
import { findingIdentity, isOpenVerdict, type Verdict, type VerdictView } from "@wsc-dashboard/wsc-core";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import { useMay } from "../api/session-query.ts";
import { reportVerdictsQuery } from "../api/verdict-queries.ts";

/** What was decided about the findings of a report. */
export interface ReportVerdicts {
  readonly host: string;
  readonly instanceNo: string;
  /** In the zone of the dashboard. */
  readonly today: string;
  readonly mayDecide: boolean;
  /** Whether anything is kept of any finding. */
  readonly isAny: boolean;
  /** What is kept of a finding, by its fingerprint. */
  readonly of: (fingerprint: string) => VerdictView | undefined;
}

const VerdictContext = createContext<ReportVerdicts | null>(null);

/** The verdicts of the report that is shown; `null` while they are not known. */
export const useReportVerdicts = (): ReportVerdicts | null => useContext(VerdictContext);

/** The verdict that holds for a finding. */
export const stateIn = (verdicts: ReportVerdicts | null, fingerprint: string): Verdict =>
  verdicts?.of(fingerprint)?.state ?? "open";

/** Whether no decision has settled a finding. */
export const isOpenIn = (verdicts: ReportVerdicts | null, fingerprint: string): boolean =>
  isOpenVerdict(stateIn(verdicts, fingerprint));

/** Finds what is kept of a finding. A fingerprint is asked for again and again while a long list is sifted. */
export function createVerdictLookup(kept: readonly (VerdictView & { readonly identity: string })[]) {
  const byIdentity = new Map(kept.map((verdict) => [verdict.identity, verdict]));
  const known = new Map<string, VerdictView | undefined>();
  return (fingerprint: string): VerdictView | undefined => {
    if (byIdentity.size === 0) return undefined;
    if (!known.has(fingerprint)) known.set(fingerprint, byIdentity.get(findingIdentity(fingerprint)));
    return known.get(fingerprint);
  };
}

interface VerdictProviderProps {
  /** The reports of one target that are shown; in the last of them findings are decided. */
  readonly instanceNos: readonly string[];
  readonly children: ReactNode;
}

/** Reads what was decided about the findings of reports, for everything in it. */
export function VerdictProvider({ instanceNos, children }: VerdictProviderProps) {
  const mayDecide = useMay("verdicts.change");
  const read = useQueries({
    queries: instanceNos.map(reportVerdictsQuery),
    combine: (results) => results.map(({ data }) => data),
  });
  const verdicts = useMemo<ReportVerdicts | null>(() => {
    const known = read.filter((data) => data !== undefined);
    const last = known.at(-1);
    const instanceNo = instanceNos.at(-1);
    if (last === undefined || instanceNo === undefined || known.length < instanceNos.length) return null;
    const kept = known.flatMap((data) => data.verdicts);
    const isAny = kept.length > 0;
    return { host: last.host, today: last.today, instanceNo, mayDecide, isAny, of: createVerdictLookup(kept) };
  }, [read, instanceNos, mayDecide]);
  return <VerdictContext value={verdicts}>{children}</VerdictContext>;
}

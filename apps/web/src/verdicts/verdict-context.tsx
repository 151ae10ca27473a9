import { useQueries } from "@tanstack/react-query";
import { findingIdentity, isOpenVerdict, type Verdict, type VerdictView } from "@wsc-dashboard/wsc-core";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import { useMay } from "../api/session-query.ts";
import { reportVerdictsQuery } from "../api/verdict-queries.ts";

/** The verdicts on the findings of a report. */
export interface ReportVerdicts {
  readonly host: string;
  readonly instanceNo: string;
  /** In the time zone of the dashboard. */
  readonly today: string;
  readonly mayDecide: boolean;
  /** Whether any finding has a stored verdict. */
  readonly isAny: boolean;
  /** The stored verdict of a finding, by its fingerprint. */
  readonly of: (fingerprint: string) => VerdictView | undefined;
}

const VerdictContext = createContext<ReportVerdicts | null>(null);

/** The verdicts of the shown report; `null` until they have loaded. */
export const useReportVerdicts = (): ReportVerdicts | null => useContext(VerdictContext);

/** The effective verdict of a finding. */
export const stateIn = (verdicts: ReportVerdicts | null, fingerprint: string): Verdict =>
  verdicts?.of(fingerprint)?.state ?? "open";

/** Whether no decision has settled a finding. */
export const isOpenIn = (verdicts: ReportVerdicts | null, fingerprint: string): boolean =>
  isOpenVerdict(stateIn(verdicts, fingerprint));

/** Returns a lookup by fingerprint; cached, because filtering a long list looks up each fingerprint many times. */
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
  /** The shown reports of one target; findings are decided in the last of them. */
  readonly instanceNos: readonly string[];
  readonly children: ReactNode;
}

/** Loads the verdicts on the findings of reports, for its children. */
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

import { findingIdentity, isOpenVerdict, type Verdict, type VerdictView } from "@wsc-dashboard/wsc-core";

/** A stored verdict, with the identity of the finding's fingerprint. */
export type IdentifiedVerdict = VerdictView & { readonly identity: string };

/** The verdicts on the findings of a report. */
export interface ExportedVerdicts {
  /** `undefined` when there is no verdict; then the finding is open. */
  readonly of: (finding: { readonly fingerprint: string }) => VerdictView | undefined;
  readonly stateOf: (fingerprint: string) => Verdict;
}

export function exportedVerdicts(kept: readonly IdentifiedVerdict[]): ExportedVerdicts {
  const byIdentity = new Map(kept.map((verdict) => [verdict.identity, verdict]));
  const find = (fingerprint: string): VerdictView | undefined =>
    byIdentity.size === 0 ? undefined : byIdentity.get(findingIdentity(fingerprint));
  return {
    of: ({ fingerprint }) => find(fingerprint),
    stateOf: (fingerprint) => find(fingerprint)?.state ?? "open",
  };
}

export const noVerdicts = exportedVerdicts([]);

/** Whether a decision has settled the finding. */
export const isSettled = (verdict: VerdictView | undefined): verdict is VerdictView =>
  verdict !== undefined && !isOpenVerdict(verdict.state);

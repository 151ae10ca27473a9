import type { Finding } from "@wsc-dashboard/wsc-core";

/** A finding with its ordinal number among those with the same fingerprint, from 1. */
export interface Occurrence {
  readonly finding: Finding;
  readonly ordinal: number;
  /** The fingerprint, with a suffix from the second occurrence on: importers merge findings with equal identities. */
  readonly identity: string;
}

/**
 * Numbers findings with the same fingerprint (several payloads at one place and parameter). The first keeps the plain
 * fingerprint, so that it is the same finding in every run. `whole`: the findings of the whole report, when `findings` are some of
 * them: a finding has the same identity in a file of a selection.
 */
export function occurrencesOf(findings: readonly Finding[], whole: readonly Finding[] = findings): Occurrence[] {
  const seen = new Map<string, number>();
  const shown = new Set(findings.map(({ number }) => number));
  return whole.flatMap((finding) => {
    const ordinal = (seen.get(finding.fingerprint) ?? 0) + 1;
    seen.set(finding.fingerprint, ordinal);
    const identity = ordinal === 1 ? finding.fingerprint : `${finding.fingerprint}|${ordinal}`;
    return shown.has(finding.number) ? [{ finding, ordinal, identity }] : [];
  });
}

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
 * fingerprint, so that it is the same finding in every run.
 */
export function occurrencesOf(findings: readonly Finding[]): Occurrence[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const ordinal = (seen.get(finding.fingerprint) ?? 0) + 1;
    seen.set(finding.fingerprint, ordinal);
    const identity = ordinal === 1 ? finding.fingerprint : `${finding.fingerprint}|${ordinal}`;
    return { finding, ordinal, identity };
  });
}

import type { Finding } from "@wsc-dashboard/wsc-core";

/** A finding with its place among those of the same fingerprint, from 1. */
export interface Occurrence {
  readonly finding: Finding;
  readonly ordinal: number;
  /** The fingerprint, finer than itself from the second on: receivers take two of one identity for one finding. */
  readonly identity: string;
}

/**
 * Numbers the findings that share a fingerprint: several payloads at one place and parameter. The first keeps the fingerprint, so
 * that it stays the same finding in every run.
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

import {
  type FindingChanges,
  type FindingFilter,
  type FindingQuery,
  type FindingSelection,
  findingFilter,
  type Report,
  readFindingQuery,
  type VerdictFinder,
} from "@wsc-dashboard/wsc-core";

/** The criteria that are set, in serialisable form. */
function writtenFilter({ numbers, severities, ...rest }: FindingFilter): FindingSelection["filter"] {
  const set = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return {
    ...(severities === undefined ? {} : { severities: [...severities] }),
    ...set,
    ...(numbers === undefined ? {} : { numbers: [...numbers] }),
  };
}

/**
 * The report with the findings that match a query, and the selection; the report unchanged when the query is empty. All other
 * content, including the vendor's counts and the digest, stays that of the whole report.
 */
export function selectFindings(
  report: Report,
  query: FindingQuery,
  changes: FindingChanges | undefined,
  verdictOf?: VerdictFinder,
): { readonly report: Report; readonly selection: FindingSelection | undefined } {
  const filter = readFindingQuery(query);
  const written = writtenFilter(filter);
  if (Object.keys(written).length === 0) return { report, selection: undefined };
  const findings = report.findings.filter(findingFilter(filter, changes, verdictOf));
  const selection = { shown: findings.length, total: report.findings.length, filter: written };
  return { report: { ...report, findings }, selection };
}

import { type Report, type ReportDocument, reportDocumentVersion } from "@wsc-dashboard/wsc-core";
import type { ExportContext } from "./export-context.ts";
import { type ExportedVerdicts, noVerdicts } from "./exported-verdicts.ts";

/** Verdicts on the findings in the file, by fingerprint; `undefined` when there are none. */
function verdictsOf({ findings }: Report, verdicts: ExportedVerdicts): ReportDocument["verdicts"] {
  const decided = findings.flatMap((finding) => {
    const verdict = verdicts.of(finding);
    if (verdict === undefined) return [];
    const { state, cause, reason, owner, due, until, issueUrl, decidedBy, decidedAt } = verdict;
    const told = { state, cause, reason, owner, due, until, issueUrl, decidedBy, decidedAt };
    return [[finding.fingerprint, told] as const];
  });
  return decided.length === 0 ? undefined : Object.fromEntries(decided);
}

/** The report as in our API, with the schema version (docs/report.schema.json). */
export function toJson(report: Report, { selection, verdicts = noVerdicts }: ExportContext): string {
  const decided = verdictsOf(report, verdicts);
  const document: ReportDocument = {
    schemaVersion: reportDocumentVersion,
    ...(selection === undefined ? {} : { selection }),
    ...(decided === undefined ? {} : { verdicts: decided }),
    ...report,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

import type { ExportFormat, FindingSelection } from "@wsc-dashboard/wsc-core";
import type { AuditChain } from "../audit/audit-chain.ts";
import { actedBy } from "../audit/audit-event.ts";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import type { User } from "../identity/identity.ts";

export interface ExportEvent {
  readonly at: number;
  readonly user: User;
  readonly requestId: string;
  readonly instanceNo: string;
  readonly format: ExportFormat;
  /** Number of findings in the file. */
  readonly findings: number;
  readonly selection: FindingSelection | undefined;
}

export type ExportLog = ReturnType<typeof createExportLog>;

/** Records who exported which report. Throws STORE_UNAVAILABLE; then the export fails. */
export function createExportLog(database: OpenDatabase, audit: AuditChain) {
  const guarded = translateDatabaseErrors(database);
  return ({ at, user, requestId, instanceNo, format, findings, selection }: ExportEvent): Promise<void> =>
    guarded(() =>
      database.db.transaction().execute((tx) =>
        audit.append(tx, {
          at,
          ...actedBy(user),
          action: "report.export",
          object: `job/${instanceNo}/report`,
          result: "done",
          requestId,
          details: { format, findings, ...selectionDetails(selection) },
        }),
      ),
    );
}

/** The names of the filter criteria and the total number of findings, without the searched text. */
function selectionDetails(selection: FindingSelection | undefined): { filter?: string; total?: number } {
  if (selection === undefined) return {};
  return { filter: Object.keys(selection.filter).join(","), total: selection.total };
}

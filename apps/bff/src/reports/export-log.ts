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
  /** In the file. */
  readonly findings: number;
  readonly selection: FindingSelection | undefined;
}

export type ExportLog = ReturnType<typeof createExportLog>;

/** Writes down who took which report out of the dashboard. Throws STORE_UNAVAILABLE; then nothing leaves. */
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

/** That a filter was used, and its criteria without the searched text. */
function selectionDetails(selection: FindingSelection | undefined): { filter?: string; total?: number } {
  if (selection === undefined) return {};
  return { filter: Object.keys(selection.filter).join(","), total: selection.total };
}

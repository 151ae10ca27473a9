import type { ExportFormat } from "@wsc-dashboard/wsc-core";
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
  readonly findings: number;
}

export type ExportLog = ReturnType<typeof createExportLog>;

/** Writes down who took which report out of the dashboard. Throws STORE_UNAVAILABLE; then nothing leaves. */
export function createExportLog(database: OpenDatabase, audit: AuditChain) {
  const guarded = translateDatabaseErrors(database);
  return ({ at, user, requestId, instanceNo, format, findings }: ExportEvent): Promise<void> =>
    guarded(() =>
      database.db.transaction().execute((tx) =>
        audit.append(tx, {
          at,
          ...actedBy(user),
          action: "report.export",
          object: `job/${instanceNo}/report`,
          result: "done",
          requestId,
          details: { format, findings },
        }),
      ),
    );
}

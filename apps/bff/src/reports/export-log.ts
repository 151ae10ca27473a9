import type { ExportFormat } from "@wsc-dashboard/wsc-core";
import type { AuditChain } from "../audit/audit-chain.ts";
import type { User } from "../identity/identity.ts";
import type { OpenStore } from "../store/open-store.ts";
import { storeGuard } from "../store/store-guard.ts";

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
export function createExportLog(store: OpenStore, audit: AuditChain) {
  const guarded = storeGuard(store);
  return ({ at, user, requestId, instanceNo, format, findings }: ExportEvent): Promise<void> =>
    guarded(() =>
      store.db.transaction().execute((tx) =>
        audit.append(tx, {
          at,
          actor: user.id,
          action: "report.export",
          object: `job/${instanceNo}/report`,
          result: "done",
          requestId,
          details: { format, findings },
        }),
      ),
    );
}

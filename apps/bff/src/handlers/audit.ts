import { type BffApi, type Handlers, WscError } from "@wsc-dashboard/wsc-core";
import { exportAudit } from "../audit/audit-export.ts";
import type { AuditLog } from "../audit/audit-log.ts";
import type { ChainCheck } from "../audit/chain-check.ts";
import type { CallContext } from "../calls/call-context.ts";

/** Read-only: no handler can change an entry. */
export function auditHandlers(
  log: AuditLog,
  chain: ChainCheck,
  now: () => number,
  zone: string,
): Handlers<BffApi, CallContext>["audit"] {
  return {
    list: ({ query }) => log.list(query),
    export: ({ query: { format, zone: wanted, ...filter } }) =>
      exportAudit(log, filter, format, new Date(now()), wanted ?? zone),
    chain: () => chain.status(),
    get: async ({ params }) => {
      const entry = await log.get(Number(params.seq));
      if (entry === null) throw new WscError("AUDIT_ENTRY_NOT_FOUND");
      return { entry };
    },
  };
}

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { AuditExportFormat, AuditResult, FileAnswer } from "@wsc-dashboard/wsc-core";
import { auditEndpoints } from "@wsc-dashboard/wsc-core";
import { callsOf } from "./bff-client.ts";

const auditCalls = callsOf(auditEndpoints);

/** Query parameters of the audit log; `from` and `to` are instants. */
export interface AuditArguments {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly target?: string | undefined;
  readonly result?: AuditResult | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export function auditQuery(filter: AuditArguments, cursor: string | undefined) {
  return queryOptions({
    queryKey: ["audit", "list", filter, cursor ?? ""],
    queryFn: ({ signal }) => auditCalls.list({ query: { ...filter, cursor } }, { signal }),
    placeholderData: keepPreviousData,
  });
}

const checkingMs = 1000;

export const auditChainQuery = queryOptions({
  queryKey: ["audit", "chain"],
  queryFn: ({ signal }) => auditCalls.chain({}, { signal }),
  refetchInterval: (query) => (query.state.data?.state === "checking" ? checkingMs : false),
});

/** `zone`: the time zone of the times in a CSV table. */
export function exportAudit(filter: AuditArguments, format: AuditExportFormat, zone: string): Promise<FileAnswer> {
  return auditCalls.export({ query: { ...filter, format, zone } });
}

import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { auditQuery } from "../../api/audit-queries.ts";
import { useMay } from "../../api/session-query.ts";
import { ForbiddenPage } from "../../domain-ui/forbidden-page.tsx";
import { describeError } from "../../messages/error-text.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { Button, buttonClass } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { useDelayed, useDocumentTitle } from "../../ui/hooks.ts";
import { PageHead } from "../../ui/page-head.tsx";
import { Refreshing } from "../../ui/refreshing.tsx";
import { useAuditColumns } from "./audit-columns.tsx";
import { AuditEntryRow } from "./audit-entry-row.tsx";
import { AuditFilters } from "./audit-filters.tsx";
import { auditLineClass } from "./audit-line-class.ts";
import { type AuditSearch, isFiltered } from "./audit-search.ts";
import { ChainStatus } from "./chain-status.tsx";
import { ExportAudit } from "./export-audit.tsx";

const route = getRouteApi("/audit");

export function AuditPage() {
  const { audit, shell } = useMessages();
  useDocumentTitle(audit.title, shell.product);
  return useMay("audit.list") ? <AuditLog /> : <ForbiddenPage permission="audit.list" />;
}

/** Read-only: nothing on this page changes anything. */
function AuditLog() {
  const { audit } = useMessages();
  const navigate = route.useNavigate();
  const search = route.useSearch();
  const { cursor: _, ...filter } = search;
  const show = (next: AuditSearch): void => void navigate({ search: next });
  return (
    <>
      <PageHead>
        <h1 className="text-h1">{audit.title}</h1>
      </PageHead>
      <ChainStatus />
      <AuditFilters filter={filter} isFiltered={isFiltered(search)} onChange={show} />
      <AuditEntries search={search} onClear={() => show({})} />
      <ExportAudit filter={filter} />
    </>
  );
}

function AuditEntries({ search, onClear }: { readonly search: AuditSearch; readonly onClear: () => void }) {
  const messages = useMessages();
  const { audit, shell } = messages;
  const { cursor, ...filter } = search;
  const query = useQuery(auditQuery(filter, cursor));
  const columns = useAuditColumns();
  const isLate = useDelayed(query.isPending, 200);
  const { data } = query;
  if (data === undefined) {
    return query.isError ? (
      <ErrorNotice
        heading={audit.failedTitle}
        description={describeError(messages, query.error)}
        onRetry={() => void query.refetch()}
        isAlert
      />
    ) : (
      <div className="min-h-96">{isLate ? <p className="text-text-3">{shell.loading}</p> : null}</div>
    );
  }
  if (data.entries.length === 0) {
    return isFiltered(search) ? (
      <EmptyState title={audit.zeroTitle} actions={<Button onClick={onClear}>{audit.clear}</Button>}>
        <p>{audit.zeroText}</p>
      </EmptyState>
    ) : (
      <EmptyState title={audit.emptyTitle}>
        <p>{audit.emptyText}</p>
      </EmptyState>
    );
  }
  return (
    <Refreshing isOn={query.isPlaceholderData}>
      <div className={`${auditLineClass} border-control text-text-2 max-md:hidden`} aria-hidden="true">
        {columns.map(({ key, head }) => (
          <span key={key}>{head}</span>
        ))}
      </div>
      <ul aria-label={audit.listLabel}>
        {data.entries.map((entry) => (
          <AuditEntryRow key={entry.seq} entry={entry} columns={columns} />
        ))}
      </ul>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 pt-3 print:hidden">
        {cursor === undefined ? null : (
          <Link className={buttonClass()} to="/audit" search={filter}>
            {audit.newest}
          </Link>
        )}
        {data.next === null ? null : (
          <Link className={buttonClass()} to="/audit" search={{ ...filter, cursor: data.next }}>
            {audit.older}
          </Link>
        )}
      </div>
    </Refreshing>
  );
}

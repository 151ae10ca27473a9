import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { auditQuery } from "../../api/audit-queries.ts";
import { useMay } from "../../api/session-query.ts";
import { ForbiddenPage } from "../../domain-ui/forbidden-page.tsx";
import { describeError } from "../../messages/error-text.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { Button, buttonClass } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { useDelayed, useDocumentTitle } from "../../ui/hooks.ts";
import { PageState } from "../../ui/page-state.tsx";
import { useAuditColumns } from "./audit-columns.tsx";
import { AuditEntryRow } from "./audit-entry-row.tsx";
import { AuditFilters } from "./audit-filters.tsx";
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
      <div className="page-head">
        <h1 className="h1">{audit.title}</h1>
      </div>
      <hr className="thick-rule" />
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
      <div className="skeleton-space">{isLate ? <p className="muted">{shell.loading}</p> : null}</div>
    );
  }
  if (data.entries.length === 0) {
    return isFiltered(search) ? (
      <PageState title={audit.zeroTitle} actions={<Button onClick={onClear}>{audit.clear}</Button>}>
        <p>{audit.zeroText}</p>
      </PageState>
    ) : (
      <PageState title={audit.emptyTitle}>
        <p>{audit.emptyText}</p>
      </PageState>
    );
  }
  return (
    <div className={query.isPlaceholderData ? "refreshing" : undefined} aria-busy={query.isPlaceholderData}>
      <div className="audit-line audit-head" aria-hidden="true">
        {columns.map(({ key, head }) => (
          <span key={key}>{head}</span>
        ))}
      </div>
      <ul className="plain-list" aria-label={audit.listLabel}>
        {data.entries.map((entry) => (
          <AuditEntryRow key={entry.seq} entry={entry} columns={columns} />
        ))}
      </ul>
      <div className="list-foot">
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
    </div>
  );
}

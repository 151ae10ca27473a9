import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { TargetList } from "@wsc-dashboard/wsc-core";
import { useMay } from "../../api/session-query.ts";
import { targetsQuery } from "../../api/target-query.ts";
import { describeError } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { buttonClass } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { useDelayed, useDocumentTitle } from "../../ui/hooks.ts";
import { PageState } from "../../ui/page-state.tsx";
import { TargetItem } from "./target-item.tsx";

/** Every host that is scanned, worst first: what is open, whether it gets better, and what can be done next. */
export function TargetListPage() {
  const messages = useMessages();
  const { targets: words, shell } = messages;
  const { number } = useFormats();
  const query = useQuery(targetsQuery);
  const isLate = useDelayed(query.isPending, 200);
  const { data } = query;
  useDocumentTitle(words.title, shell.product);
  return (
    <>
      <h1 className="h1">
        {words.title}{" "}
        {data ? <span className="counter">{words.count(data.targets.length, number(data.targets.length))}</span> : null}
      </h1>
      <hr className="thick-rule" />
      {data ? <Targets list={data} /> : null}
      {!data && query.isError ? (
        <ErrorNotice
          heading={words.failedTitle}
          description={describeError(messages, query.error)}
          onRetry={() => void query.refetch()}
          isAlert
        />
      ) : null}
      {isLate ? (
        <div aria-busy="true">
          <p className="muted">{shell.loading}</p>
          <div className="skeleton-band" aria-hidden="true" />
        </div>
      ) : null}
    </>
  );
}

function Targets({ list }: { readonly list: TargetList }) {
  const { targets: words, jobs } = useMessages();
  const { number } = useFormats();
  const mayCreate = useMay("jobs.create");
  const { targets, partial, jobs: seen, pendingReports, failedReports } = list;
  if (targets.length === 0) {
    return (
      <PageState
        title={words.emptyTitle}
        actions={
          mayCreate ? (
            <Link className={buttonClass("primary")} to="/jobs/new">
              {jobs.newJob}
            </Link>
          ) : null
        }
      >
        <p>{words.emptyText}</p>
      </PageState>
    );
  }
  return (
    <>
      <p className="target-status" role="status">
        {pendingReports > 0 ? words.pending(pendingReports, number(pendingReports)) : ""}
      </p>
      {partial && seen.read < seen.total ? (
        <p className="hint">{words.partial(number(seen.read), number(seen.total))}</p>
      ) : null}
      {failedReports > 0 ? (
        <p className="note note-medium">{words.failed(failedReports, number(failedReports))}</p>
      ) : null}
      <ul className="plain-list target-list" aria-label={words.caption}>
        {targets.map((target) => (
          <TargetItem key={target.host} target={target} />
        ))}
      </ul>
      <footer className="provenance">
        <p>{words.note}</p>
      </footer>
    </>
  );
}

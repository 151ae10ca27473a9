import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { targetHostOf, WscError } from "@wsc-dashboard/wsc-core";
import { useEffect } from "react";
import { reportQuery } from "../../api/report-query.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { useDelayed, useDocumentTitle } from "../../ui/hooks.ts";
import { withVisibleControls } from "../../ui/plain-text.tsx";
import { ReportAbsent } from "./report-absent.tsx";
import { ReportView } from "./report-view.tsx";

const longestTimerMs = 2 ** 31 - 1;

function isClosed(error: Error): boolean {
  return error instanceof WscError && error.status < 500;
}

/** Asks again at the instant a report closes, however long it has been open: whether it has closed is for the server to say. */
function useAskAgainAt(instant: string | null, ask: () => Promise<unknown>): void {
  useEffect(() => {
    const waitMs = instant === null ? 0 : Date.parse(instant) - Date.now();
    if (waitMs <= 0) return;
    const timer = setTimeout(() => void ask(), Math.min(waitMs, longestTimerMs));
    return () => clearTimeout(timer);
  }, [instant, ask]);
}

const route = getRouteApi("/jobs/$instanceNo/report");

export function ReportPage() {
  const { report: words, shell } = useMessages();
  const { instanceNo } = route.useParams();
  const query = useQuery(reportQuery(instanceNo));
  const isLate = useDelayed(query.isPending, 200);
  const name = query.data ? withVisibleControls(targetHostOf(query.data.job.startUrl)) : instanceNo;
  useDocumentTitle(words.title(name), shell.product);
  useAskAgainAt(query.data?.expiresAt ?? null, query.refetch);
  // What was read stays while the upstream is silent; a report that has closed does not.
  if (query.isError && (query.data === undefined || isClosed(query.error))) {
    return <ReportAbsent instanceNo={instanceNo} error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (query.data) return <ReportView report={query.data} />;
  return (
    <div aria-busy="true">
      <h1 className="h1 figure" translate="no">
        {instanceNo}
      </h1>
      {isLate ? (
        <>
          <p className="muted">{words.loading}</p>
          <div className="skeleton-band" aria-hidden="true" />
        </>
      ) : null}
    </div>
  );
}

import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { targetHostOf } from "@wsc-dashboard/wsc-core";
import { useDeferredValue } from "react";
import { isRefused, isReportExpired, useRefetchAtExpiry } from "../../api/report-expiry.ts";
import { reportQuery } from "../../api/report-query.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { useDelayed, useDocumentTitle } from "../../ui/hooks.ts";
import { withVisibleControls } from "../../ui/plain-text.tsx";
import { ReportUnavailable } from "./report-unavailable.tsx";
import { ReportView } from "./report-view.tsx";

const route = getRouteApi("/jobs/$instanceNo/report");

export function ReportPage() {
  const { report: words, shell } = useMessages();
  const { instanceNo } = route.useParams();
  const query = useQuery(reportQuery(instanceNo));
  // Deferred, so that React renders a long report in steps.
  const deferred = useDeferredValue(query.data);
  // After a change of the address the deferred report may still be the previous one.
  const report = deferred?.job.instanceNo === instanceNo ? deferred : undefined;
  const isLate = useDelayed(report === undefined, 200);
  const name = query.data ? withVisibleControls(targetHostOf(query.data.job.startUrl)) : instanceNo;
  useDocumentTitle(words.title(name), shell.product);
  useRefetchAtExpiry(isReportExpired(query.error) ? null : (query.data?.expiresAt ?? null), query.refetch);
  // A loaded report stays while the upstream does not respond; an expired one does not.
  if (query.isError && (query.data === undefined || isRefused(query.error))) {
    return <ReportUnavailable instanceNo={instanceNo} error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (report !== undefined) return <ReportView report={report} />;
  return (
    <div aria-busy="true">
      <h1 className="text-h1 tabular-nums" translate="no">
        {instanceNo}
      </h1>
      {isLate ? (
        <>
          <p className="text-text-3">{words.loading}</p>
          <div className="mt-4 h-28 bg-sunken" aria-hidden="true" />
        </>
      ) : null}
    </div>
  );
}

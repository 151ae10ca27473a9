import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, Navigate } from "@tanstack/react-router";
import { type Comparison, targetHostOf } from "@wsc-dashboard/wsc-core";
import { compareQuery } from "../../api/compare-query.ts";
import { jobQuery } from "../../api/job-queries.ts";
import { isRefused, isReportExpired, useRefetchAtExpiry } from "../../api/report-expiry.ts";
import { predecessorQuery } from "../../api/report-query.ts";
import { useSession } from "../../api/session-query.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { buttonClass } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { useDelayed, useDocumentTitle } from "../../ui/hooks.ts";
import { Kicker } from "../../ui/page-head.tsx";
import { withVisibleControls } from "../../ui/plain-text.tsx";
import { CompareFailure } from "./compare-failure.tsx";
import { type CompareSearch, readOutcomes } from "./compare-search.ts";
import { ComparisonView } from "./comparison-view.tsx";
import { JobPicker } from "./job-picker.tsx";

const route = getRouteApi("/compare");

export function ComparePage() {
  const { compare, shell } = useMessages();
  const search = route.useSearch();
  const { head } = search;
  useDocumentTitle(compare.title, shell.product);
  if (head === undefined) {
    return (
      <EmptyState
        headingLevel={1}
        title={compare.nothingChosenTitle}
        actions={
          <Link className={buttonClass("primary")} to="/jobs">
            {shell.toJobs}
          </Link>
        }
      >
        <p>{compare.nothingChosenText}</p>
      </EmptyState>
    );
  }
  return <Compared search={{ ...search, head }} />;
}

/** Whether `base` ended after `head`. False when either end is not known. */
function isReversed({ base, head }: Comparison): boolean {
  if (base.job.endedAt === null || head.job.endedAt === null) return false;
  return Date.parse(base.job.endedAt) > Date.parse(head.job.endedAt);
}

/** When the first of the two reports expires. */
function firstExpiry(comparison: Comparison | undefined): string | null {
  const instants = [comparison?.base.expiresAt, comparison?.head.expiresAt].filter(
    (instant) => typeof instant === "string",
  );
  return instants.sort()[0] ?? null;
}

interface ComparedProps {
  readonly search: CompareSearch & { readonly head: string };
}

function Compared({ search }: ComparedProps) {
  const { base, head, show, group } = search;
  const { compare } = useMessages();
  const query = useQuery(compareQuery(head, base));
  const isLate = useDelayed(query.isPending, 200);
  const isWithoutPartner = base === undefined && query.isError;
  const reason = useQuery({ ...predecessorQuery(head), enabled: isWithoutPartner }).data?.notComparable;
  // Fetched separately, so that the page can name the job and offer another one even when the comparison fails.
  const job = useQuery({ ...jobQuery(head, useSession().listPollMs), refetchInterval: false }).data?.job;
  useRefetchAtExpiry(isReportExpired(query.error) ? null : firstExpiry(query.data), query.refetch);
  // A loaded comparison stays while the upstream does not respond; one whose report has expired does not.
  const shown: Comparison | undefined = query.isError && isRefused(query.error) ? undefined : query.data;
  const startUrl = shown?.head.job.startUrl ?? job?.startUrl;
  if (shown !== undefined && isReversed(shown)) {
    // In the wrong order "new" and "fixed" would be swapped.
    return <Navigate to="/compare" search={{ ...search, base: head, head: shown.base.job.instanceNo }} replace />;
  }
  return (
    <div>
      <Kicker>{compare.kicker}</Kicker>
      <h1 className="text-h1" translate="no">
        {startUrl === undefined ? head : withVisibleControls(targetHostOf(startUrl))}
      </h1>
      {startUrl === undefined ? null : (
        <JobPicker host={targetHostOf(startUrl)} base={base ?? shown?.base.job.instanceNo} search={search} />
      )}
      {shown === undefined && query.isError ? (
        <CompareFailure reason={reason} error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {shown === undefined ? null : <ComparisonView comparison={shown} shown={readOutcomes(show)} grouping={group} />}
      {isLate ? (
        <div aria-busy="true">
          <p className="text-text-3">{compare.loading}</p>
          <div className="mt-4 h-28 bg-sunken" aria-hidden="true" />
        </div>
      ) : null}
    </div>
  );
}

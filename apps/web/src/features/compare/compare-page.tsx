import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { type Comparison, targetHostOf } from "@wsc-dashboard/wsc-core";
import { jobQuery } from "../../api/job-queries.ts";
import { compareQuery } from "../../api/report-query.ts";
import { useSession } from "../../api/session-query.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { buttonClass } from "../../ui/button.tsx";
import { useDelayed, useDocumentTitle } from "../../ui/hooks.ts";
import { PageState } from "../../ui/page-state.tsx";
import { withVisibleControls } from "../../ui/plain-text.tsx";
import { CompareFailure } from "./compare-failure.tsx";
import { ComparisonView } from "./comparison-view.tsx";
import { JobPicker } from "./job-picker.tsx";

const route = getRouteApi("/compare");

export function ComparePage() {
  const { compare, shell } = useMessages();
  const { base, head } = route.useSearch();
  useDocumentTitle(compare.title, shell.product);
  if (head === undefined) {
    return (
      <PageState
        headingLevel={1}
        title={compare.nothingChosenTitle}
        actions={
          <Link className={buttonClass("primary")} to="/jobs">
            {shell.toJobs}
          </Link>
        }
      >
        <p>{compare.nothingChosenText}</p>
      </PageState>
    );
  }
  return <Compared base={base} head={head} />;
}

interface ComparedProps {
  readonly base: string | undefined;
  readonly head: string;
}

function Compared({ base, head }: ComparedProps) {
  const { compare } = useMessages();
  const query = useQuery(compareQuery(head, base));
  const isLate = useDelayed(query.isPending, 200);
  // Known although the comparison is not: the page says what it is about, and another job can be chosen.
  const job = useQuery({ ...jobQuery(head, useSession().listPollMs), refetchInterval: false }).data?.job;
  const shown: Comparison | undefined = query.data;
  const startUrl = shown?.head.job.startUrl ?? job?.startUrl;
  return (
    <div className="compare">
      <p className="kicker">{compare.kicker}</p>
      <h1 className="h1" translate="no">
        {startUrl === undefined ? head : withVisibleControls(targetHostOf(startUrl))}
      </h1>
      {startUrl === undefined ? null : (
        <JobPicker host={targetHostOf(startUrl)} base={base ?? shown?.base.job.instanceNo} head={head} />
      )}
      {shown === undefined && query.isError ? (
        <CompareFailure error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {shown === undefined ? null : <ComparisonView comparison={shown} />}
      {isLate ? (
        <div aria-busy="true">
          <p className="muted">{compare.loading}</p>
          <div className="skeleton-band" aria-hidden="true" />
        </div>
      ) : null}
    </div>
  );
}

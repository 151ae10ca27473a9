import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { type Job, targetHostOf, WscError } from "@wsc-dashboard/wsc-core";
import { RefreshCw } from "lucide-react";
import { useMemo } from "react";
import { isActive, jobQuery } from "../../api/job-queries.ts";
import { useSession } from "../../api/session-query.ts";
import { TargetHeading } from "../../domain-ui/target-text.tsx";
import { describeError } from "../../messages/error-text.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { Actions } from "../../ui/actions.tsx";
import { Button, buttonClass } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { useDelayed, useDocumentTitle, useNow } from "../../ui/hooks.ts";
import { Kicker, PageHead } from "../../ui/page-head.tsx";
import { withVisibleControls } from "../../ui/plain-text.tsx";
import { Freshness } from "./freshness.tsx";
import { JobDetailActions } from "./job-detail-actions.tsx";
import { JobFacts } from "./job-facts.tsx";
import { JobOutcome } from "./job-outcome.tsx";
import { JobStatus } from "./job-status.tsx";
import { ScanLine } from "./scan-line.tsx";
import { useStatusAnnouncements } from "./status-announcements.ts";

const route = getRouteApi("/jobs/$instanceNo");

export function JobDetailPage() {
  const messages = useMessages();
  const { jobs, shell } = messages;
  const { instanceNo } = route.useParams();
  const query = useQuery(jobQuery(instanceNo, useSession().listPollMs));
  const isLate = useDelayed(query.isPending, 200);
  const host = query.data ? withVisibleControls(targetHostOf(query.data.job.startUrl)) : instanceNo;
  useDocumentTitle(host, jobs.title, shell.product);
  if (query.data) {
    return (
      <JobDetail
        job={query.data.job}
        asOf={query.data.asOf}
        isStale={query.data.stale !== undefined || query.isRefetchError}
        isFetching={query.isFetching}
        onRefresh={() => void query.refetch()}
      />
    );
  }
  if (query.isError) {
    const isMissing = query.error instanceof WscError && query.error.code === "JOB_NOT_FOUND";
    return (
      <ErrorNotice
        heading={jobs.oneFailedTitle}
        headingLevel={1}
        description={describeError(messages, query.error)}
        onRetry={isMissing ? undefined : () => void query.refetch()}
        actions={
          <Link className={buttonClass()} to="/jobs">
            {shell.toJobs}
          </Link>
        }
      />
    );
  }
  return (
    <>
      <h1 className="text-h1 tabular-nums" translate="no">
        {instanceNo}
      </h1>
      {isLate ? <p className="text-text-3">{shell.loading}</p> : null}
    </>
  );
}

interface JobDetailProps {
  readonly job: Job;
  readonly asOf: string;
  readonly isStale: boolean;
  readonly isFetching: boolean;
  readonly onRefresh: () => void;
}

function JobDetail({ job, asOf, isStale, isFetching, onRefresh }: JobDetailProps) {
  const { jobs } = useMessages();
  const now = useNow(10_000);
  useStatusAnnouncements(useMemo(() => [job], [job]));
  return (
    <>
      <Kicker>
        <Link to="/jobs">{jobs.title}</Link>
        <span aria-hidden="true"> / </span>
        <span className="tabular-nums" translate="no">
          {job.instanceNo}
        </span>{" "}
        <CopyButton text={job.instanceNo} label={jobs.copyInstanceNo} />
      </Kicker>
      <PageHead>
        <div className="min-w-0 flex-[1_1_20rem]">
          <TargetHeading startUrl={job.startUrl} />
        </div>
        <Actions>
          <Freshness asOf={asOf} isLive={isActive(job)} isStale={isStale} />
          <Button inert={isFetching} onClick={onRefresh}>
            <RefreshCw size={16} strokeWidth={1.75} aria-hidden="true" />
            {jobs.refresh}
          </Button>
        </Actions>
      </PageHead>
      <div className="flex flex-wrap items-start justify-between gap-x-8 gap-y-3 pt-4">
        <JobStatus job={job} isStale={isStale} isLarge />
        <JobDetailActions job={job} now={now} />
      </div>
      <ScanLine job={job} now={now} />
      <JobOutcome job={job} />
      <JobFacts job={job} now={now} />
    </>
  );
}

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
import { Button, buttonClass } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { useDelayed, useDocumentTitle, useNow } from "../../ui/hooks.ts";
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
      <h1 className="h1 figure" translate="no">
        {instanceNo}
      </h1>
      {isLate ? <p className="muted">{shell.loading}</p> : null}
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
      <p className="kicker">
        <Link to="/jobs">{jobs.title}</Link>
        <span aria-hidden="true"> / </span>
        <span className="figure" translate="no">
          {job.instanceNo}
        </span>{" "}
        <CopyButton text={job.instanceNo} label={jobs.copyInstanceNo} />
      </p>
      <div className="page-head">
        <div className="head-text">
          <TargetHeading startUrl={job.startUrl} />
        </div>
        <div className="actions">
          <Freshness asOf={asOf} isLive={isActive(job)} isStale={isStale} />
          <Button inert={isFetching} onClick={onRefresh}>
            <RefreshCw size={16} strokeWidth={1.75} aria-hidden="true" />
            {jobs.refresh}
          </Button>
        </div>
      </div>
      <hr className="thick-rule" />
      <div className="job-now">
        <JobStatus job={job} isStale={isStale} />
        <JobDetailActions job={job} now={now} />
      </div>
      <ScanLine job={job} now={now} />
      <JobOutcome job={job} />
      <JobFacts job={job} now={now} />
    </>
  );
}

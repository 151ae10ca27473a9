import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { isFinalPhase, type Job, targetHostOf, WscError } from "@wsc-dashboard/wsc-core";
import { useEffect, useRef } from "react";
import { jobQuery } from "../../api/job-queries.ts";
import { useMay, useSession } from "../../api/session-query.ts";
import { statusLabel } from "../../domain-ui/status-label.ts";
import { StatusShape } from "../../domain-ui/status-shape.tsx";
import { TargetText } from "../../domain-ui/target-text.tsx";
import { describeError } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { buttonClass } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";

interface ReportUnavailableProps {
  readonly instanceNo: string;
  readonly error: Error;
  readonly onRetry: () => void;
}

/** Why there is no report: it has expired, the job has not ended, or the job never gets one. */
export function ReportUnavailable({ instanceNo, error, onRetry }: ReportUnavailableProps) {
  const messages = useMessages();
  const { report: words } = messages;
  const code = error instanceof WscError ? error.code : "";
  const isReadiness = code === "REPORT_NOT_READY";
  const job = useQuery({
    ...jobQuery(instanceNo, useSession().listPollMs),
    enabled: code === "160701" || isReadiness,
  }).data?.job;
  const phase = job?.status.phase;
  const before = useRef(phase);
  useEffect(() => {
    // Only on the transition to "completed": retrying a report that fails for another reason would never end.
    const wasRunning = before.current !== undefined && before.current !== "completed";
    before.current = phase;
    if (isReadiness && wasRunning && phase === "completed") onRetry();
  }, [isReadiness, phase, onRetry]);
  if (code === "160701") {
    const expiredAt = error instanceof WscError ? error.details.expiredAt : undefined;
    return <Expired instanceNo={instanceNo} job={job} expiredAt={expiredAt ?? job?.reportExpiresAt ?? null} />;
  }
  if (code === "REPORT_NOT_READY") {
    const isNever = job !== undefined && isFinalPhase(job.status.phase) && job.status.phase !== "completed";
    return (
      <EmptyState
        headingLevel={1}
        title={isNever ? words.noReportTitle : words.notReadyTitle}
        actions={<ToJob instanceNo={instanceNo} />}
      >
        {job ? (
          <>
            <p>
              <TargetText url={job.startUrl} />
            </p>
            <p>
              <StatusShape phase={job.status.phase} /> {statusLabel(messages, job.status)}
            </p>
          </>
        ) : null}
        <p>{isNever ? words.noReportText : words.notReadyText}</p>
      </EmptyState>
    );
  }
  return (
    <ErrorNotice
      heading={words.failedTitle}
      headingLevel={1}
      description={describeError(messages, error)}
      onRetry={code === "JOB_NOT_FOUND" ? undefined : onRetry}
      actions={<ToJob instanceNo={instanceNo} />}
    />
  );
}

function ToJob({ instanceNo }: { readonly instanceNo: string }) {
  const { report } = useMessages();
  return (
    <Link className={buttonClass()} to="/jobs/$instanceNo" params={{ instanceNo }}>
      {report.toJob}
    </Link>
  );
}

interface ExpiredProps {
  readonly instanceNo: string;
  readonly job: Job | undefined;
  readonly expiredAt: string | null;
}

function Expired({ instanceNo, job, expiredAt }: ExpiredProps) {
  const { report: words } = useMessages();
  const formats = useFormats();
  const mayCreate = useMay("jobs.create");
  return (
    <EmptyState
      headingLevel={1}
      title={expiredAt === null ? words.expiredTitleUnknown : words.expiredTitle(formats.date(expiredAt))}
      actions={
        <>
          {mayCreate ? (
            <Link className={buttonClass("primary")} to="/jobs/new" search={{ from: instanceNo }}>
              {words.expiredNew}
            </Link>
          ) : null}
          {job ? (
            <Link className={buttonClass()} to="/jobs" search={{ q: targetHostOf(job.startUrl) }}>
              {words.expiredOthers}
            </Link>
          ) : null}
          <ToJob instanceNo={instanceNo} />
        </>
      }
    >
      {job ? (
        <p>
          <TargetText url={job.startUrl} />
        </p>
      ) : null}
      <p>{words.expiredText}</p>
      {expiredAt === null ? null : <p className="text-text-3">{words.expiredAt(formats.exact(expiredAt))}</p>}
    </EmptyState>
  );
}

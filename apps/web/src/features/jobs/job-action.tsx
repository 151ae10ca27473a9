import { Link } from "@tanstack/react-router";
import { isFinalPhase, type Job, targetHostOf } from "@wsc-dashboard/wsc-core";
import { useState } from "react";
import { useMay } from "../../api/session-query.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { Button, buttonClass } from "../../ui/button.tsx";
import type { JobActionKind } from "./confirm-job-action.tsx";
import { LazyConfirmJobAction } from "./lazy-confirm-job-action.ts";

/** The most likely next action for a job in its current state and, once it has ended, the way to its next scan. */
export function JobAction({ job }: { readonly job: Job }) {
  const { jobs } = useMessages();
  const mayCancel = useMay("jobs.cancel");
  const mayStop = useMay("jobs.stop");
  const [asking, setAsking] = useState<JobActionKind | null>(null);
  const host = targetHostOf(job.startUrl);
  const { report, stop, cancel } = job.capabilities;
  const action = ((): JobActionKind | null => {
    if (stop && mayStop) return "stop";
    return cancel && mayCancel ? "cancel" : null;
  })();
  return (
    <span className="inline-flex items-center gap-1">
      {report ? (
        <Link
          className={buttonClass()}
          to="/jobs/$instanceNo/report"
          params={{ instanceNo: job.instanceNo }}
          aria-label={jobs.openReportOf(host)}
        >
          {jobs.openReport}
        </Link>
      ) : action ? (
        <Button
          aria-label={action === "stop" ? jobs.stopOf(host) : jobs.cancelOf(host)}
          onClick={() => setAsking(action)}
        >
          {jobs[action]}
        </Button>
      ) : (
        <Link
          className={buttonClass("quiet")}
          to="/jobs/$instanceNo"
          params={{ instanceNo: job.instanceNo }}
          aria-label={jobs.detailsOf(host)}
        >
          {jobs.details}
        </Link>
      )}
      <ScanAgain job={job} />
      {asking ? <LazyConfirmJobAction job={job} kind={asking} onClose={() => setAsking(null)} /> : null}
    </span>
  );
}

/** Opens the form of the next job on its review: everything but the consent is filled in. */
function ScanAgain({ job }: { readonly job: Job }) {
  const { jobs } = useMessages();
  const mayCreate = useMay("jobs.create");
  if (!mayCreate || !isFinalPhase(job.status.phase)) return null;
  const host = targetHostOf(job.startUrl);
  const name = job.capabilities.rescan ? jobs.rescanOf(host) : jobs.newOf(host);
  return (
    <Link
      className={buttonClass("quiet")}
      to="/jobs/new"
      search={{ from: job.instanceNo, step: "review" }}
      aria-label={name}
      data-scan-again=""
    >
      {job.capabilities.rescan ? jobs.rescan : jobs.newJob}
    </Link>
  );
}

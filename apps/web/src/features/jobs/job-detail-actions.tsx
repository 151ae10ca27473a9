import { Link } from "@tanstack/react-router";
import { isFinalPhase, type Job, rescanClosesAt } from "@wsc-dashboard/wsc-core";
import { useState } from "react";
import { useMay } from "../../api/session-query.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Actions } from "../../ui/actions.tsx";
import { Button, buttonClass } from "../../ui/button.tsx";
import type { JobActionKind } from "./confirm-job-action.tsx";
import { LazyConfirmJobAction } from "./lazy-confirm-job-action.ts";

export function JobDetailActions({ job, now }: { readonly job: Job; readonly now: number }) {
  const { jobs, report: words } = useMessages();
  const formats = useFormats();
  const mayCreate = useMay("jobs.create");
  const mayCancel = useMay("jobs.cancel");
  const mayStop = useMay("jobs.stop");
  const mayCompare = useMay("compare.get");
  const [asking, setAsking] = useState<JobActionKind | null>(null);
  const { report, cancel, stop, rescan } = job.capabilities;
  const closes = rescan && job.endedAt !== null ? rescanClosesAt(new Date(job.endedAt)) : null;
  const isRescanNoted = closes !== null && closes.getTime() > now && mayCreate;
  return (
    <div className="grid justify-items-start gap-1.5 md:justify-items-end md:text-end">
      <Actions>
        {report ? (
          <Link
            className={buttonClass("primary")}
            to="/jobs/$instanceNo/report"
            // Its code is there before the press.
            preload="render"
            params={{ instanceNo: job.instanceNo }}
          >
            {jobs.openReport}
          </Link>
        ) : null}
        {report && mayCompare ? (
          <Link className={buttonClass()} to="/compare" search={{ head: job.instanceNo }}>
            {words.compareWith}
          </Link>
        ) : null}
        {cancel && mayCancel ? <Button onClick={() => setAsking("cancel")}>{jobs.cancel}</Button> : null}
        {stop && mayStop ? <Button onClick={() => setAsking("stop")}>{jobs.stop}</Button> : null}
        {mayCreate && isFinalPhase(job.status.phase) ? (
          <Link className={buttonClass()} to="/jobs/new" search={{ from: job.instanceNo }}>
            {rescan ? jobs.rescan : jobs.newOfTarget}
          </Link>
        ) : null}
      </Actions>
      {isRescanNoted ? (
        <p className="max-w-104 text-text-2">{jobs.rescanNote(formats.date(closes.toISOString()))}</p>
      ) : null}
      {asking ? <LazyConfirmJobAction job={job} kind={asking} onClose={() => setAsking(null)} /> : null}
    </div>
  );
}

import { Link } from "@tanstack/react-router";
import type { Schedule } from "@wsc-dashboard/wsc-core";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { isFailedRun, runText } from "./schedule-text.ts";

/** The latest run: when it was due, its outcome, and its job. */
export function LastRun({ schedule }: { readonly schedule: Schedule }) {
  const messages = useMessages();
  const { schedules: words } = messages;
  const formats = useFormats();
  const [run] = schedule.runs;
  if (run === undefined) return <span className="muted">{words.noRuns}</span>;
  return (
    <>
      <time className="figure nowrap" dateTime={run.dueAt}>
        {formats.runTime(run.dueAt, schedule.rule.zone)}
      </time>{" "}
      <span className={isFailedRun(run) ? "tone-high" : undefined}>{runText(messages, run)}</span>{" "}
      {run.instanceNo === undefined ? null : (
        <Link className="nowrap" to="/jobs/$instanceNo" params={{ instanceNo: run.instanceNo }}>
          {words.openJob(run.instanceNo)}
        </Link>
      )}
    </>
  );
}

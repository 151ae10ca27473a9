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
  if (run === undefined) return <span className="text-text-3">{words.noRuns}</span>;
  return (
    <>
      <time className="tabular-nums whitespace-nowrap" dateTime={run.dueAt}>
        {formats.runTime(run.dueAt, schedule.rule.zone)}
      </time>{" "}
      <span className={isFailedRun(run) ? "font-bold text-high-text" : undefined}>{runText(messages, run)}</span>{" "}
      {run.instanceNo === undefined ? null : (
        <Link className="whitespace-nowrap" to="/jobs/$instanceNo" params={{ instanceNo: run.instanceNo }}>
          {words.openJob(run.instanceNo)}
        </Link>
      )}
    </>
  );
}

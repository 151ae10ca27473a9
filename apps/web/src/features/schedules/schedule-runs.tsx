import { Link } from "@tanstack/react-router";
import type { Schedule } from "@wsc-dashboard/wsc-core";
import { errorTextOf } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { isFailedRun, runText } from "./schedule-text.ts";

/** The outcome of the latest runs, including missed ones. */
export function ScheduleRuns({ schedule }: { readonly schedule: Schedule }) {
  const messages = useMessages();
  const { schedules: words } = messages;
  const formats = useFormats();
  const { runs, rule } = schedule;
  return (
    <section aria-labelledby="runs-title">
      <h2 id="runs-title" className="text-h2 mt-9 mb-2">
        {words.runs}
      </h2>
      {runs.length === 0 ? (
        <p className="text-text-3">{words.noRuns}</p>
      ) : (
        <ol className="border-t border-control" aria-labelledby="runs-title">
          {runs.map((run) => (
            <li
              key={run.submissionId}
              className="grid gap-x-6 border-b border-hairline py-1.75 md:grid-cols-[15rem_minmax(0,1fr)_max-content]"
            >
              <span className="tabular-nums">
                <time dateTime={run.dueAt}>{formats.runTime(run.dueAt, rule.zone)}</time>
                {rule.zone === "UTC" ? null : (
                  <span className="text-text-3 block">{`${formats.runTime(run.dueAt, "UTC")} UTC`}</span>
                )}
              </span>
              <span>
                <span className={isFailedRun(run) ? "font-bold text-high-text" : undefined}>
                  {runText(messages, run)}
                </span>
                {run.code === undefined ? null : (
                  <span className="text-text-3 block">{errorTextOf(messages, run.code).next}</span>
                )}
              </span>
              {run.instanceNo === undefined ? null : (
                <Link to="/jobs/$instanceNo" params={{ instanceNo: run.instanceNo }}>
                  {words.openJob(run.instanceNo)}
                </Link>
              )}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

import { Link } from "@tanstack/react-router";
import { TargetText } from "../../domain-ui/target-text.tsx";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { PlainText } from "../../ui/plain-text.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import { JobAction } from "./job-action.tsx";
import { JobStatus } from "./job-status.tsx";
import type { JobRowsProps } from "./job-table.tsx";
import { isRunning } from "./job-words.ts";
import { ReportDaysLeft } from "./report-days-left.tsx";
import { SelectBox } from "./select-box.tsx";

/** The same list for narrow screens: a list of blocks in the table's reading order. */
export function JobBlocks({ jobs, now, isStale, selection }: JobRowsProps) {
  const { jobs: words } = useMessages();
  const formats = useFormats();
  return (
    <ul className="job-blocks" aria-label={words.tableCaption}>
      {jobs.map((job) => (
        <li key={job.instanceNo} className="job-block">
          <div className="job-block-head">
            <Link className="row-link" to="/jobs/$instanceNo" params={{ instanceNo: job.instanceNo }} data-row="">
              <TargetText url={job.startUrl} />
            </Link>
            <SelectBox job={job} selection={selection} />
          </div>
          {job.memo === "" ? null : (
            <p className="muted memo-under">
              <PlainText text={job.memo} />
            </p>
          )}
          <JobStatus job={job} isStale={isStale} />
          <p className="job-block-facts">
            {job.findingCount === null ? null : (
              <span className={job.findingCount > 0 ? "strong" : "muted"}>
                {isRunning(job)
                  ? words.findingsSoFar(job.findingCount, formats.number(job.findingCount))
                  : words.findings(job.findingCount, formats.number(job.findingCount))}
              </span>
            )}
            {job.startedAt === null ? null : (
              <span className="muted">
                <TimeText instant={job.startedAt} />
              </span>
            )}
          </p>
          <div className="job-block-end">
            <span>
              {job.reportExpiresAt === null && !job.capabilities.report ? null : <ReportDaysLeft job={job} now={now} />}
            </span>
            <JobAction job={job} />
          </div>
        </li>
      ))}
    </ul>
  );
}

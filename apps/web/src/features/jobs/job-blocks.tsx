import { Link } from "@tanstack/react-router";
import { severities } from "@wsc-dashboard/wsc-core";
import { memo } from "react";
import { RiskCount } from "../../domain-ui/risk-count.tsx";
import { SeverityShape } from "../../domain-ui/severity-mark.tsx";
import { TargetText } from "../../domain-ui/target-text.tsx";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { longListItemClass } from "../../ui/long-list.ts";
import { PlainText } from "../../ui/plain-text.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import { JobAction } from "./job-action.tsx";
import { JobSigns } from "./job-signs.tsx";
import { JobStatus } from "./job-status.tsx";
import type { JobRowsProps } from "./job-table.tsx";
import { isRunning } from "./job-words.ts";
import { ReportDaysLeft } from "./report-days-left.tsx";
import { SelectJob } from "./select-box.tsx";
import type { JobNotes } from "./use-job-list.ts";

/** The list for narrow screens: blocks in the table's reading order. Memoized like the table. */
export const JobBlocks = memo(function JobBlocks({ jobs, now, isStale, selection, notes }: JobRowsProps) {
  const { jobs: words } = useMessages();
  const formats = useFormats();
  return (
    <ul className="border-t border-control" aria-label={words.tableCaption}>
      {jobs.map((job) => (
        <li key={job.instanceNo} className={`grid gap-1 ${longListItemClass}`}>
          <div className="flex items-start justify-between gap-2">
            <Link
              className="group/row inline-block py-0.5 text-text no-underline"
              to="/jobs/$instanceNo"
              params={{ instanceNo: job.instanceNo }}
              data-row=""
            >
              <TargetText url={job.startUrl} />
            </Link>
            <SelectJob job={job} selection={selection} isClose />
          </div>
          {job.memo === "" ? null : (
            <p className="text-text-3">
              <PlainText text={job.memo} />
            </p>
          )}
          <JobStatus job={job} isStale={isStale} />
          <JobSigns signs={notes.signs.get(job.instanceNo)} />
          <p className="flex flex-wrap justify-between gap-x-4">
            <BlockCounts instanceNo={job.instanceNo} notes={notes} />
            {job.findingCount === null ? null : (
              <span className={job.findingCount > 0 ? "font-bold" : "text-text-3"}>
                {isRunning(job)
                  ? words.findingsSoFar(job.findingCount, formats.number(job.findingCount))
                  : words.findings(job.findingCount, formats.number(job.findingCount))}
              </span>
            )}
            {job.startedAt === null ? null : (
              <span className="text-text-3">
                <TimeText instant={job.startedAt} />
              </span>
            )}
          </p>
          <div className="flex items-center justify-between gap-4">
            <span>
              {job.reportExpiresAt === null && !job.capabilities.report ? null : <ReportDaysLeft job={job} now={now} />}
            </span>
            <JobAction job={job} />
          </div>
        </li>
      ))}
    </ul>
  );
});

function BlockCounts({ instanceNo, notes }: { readonly instanceNo: string; readonly notes: JobNotes }) {
  const counts = notes.counts.get(instanceNo);
  if (counts === undefined) return null;
  return (
    <span className="inline-flex gap-3">
      {severities.map((severity) => (
        <span key={severity} className="inline-flex items-center gap-1">
          <SeverityShape severity={severity} />
          <RiskCount count={counts[severity]} of={{ instanceNo, severity }} />
        </span>
      ))}
    </span>
  );
}

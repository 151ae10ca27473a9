import { Link } from "@tanstack/react-router";
import type { Job } from "@wsc-dashboard/wsc-core";
import { TargetText } from "../../domain-ui/target-text.tsx";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { PlainText } from "../../ui/plain-text.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import { JobAction } from "./job-action.tsx";
import { JobStatus } from "./job-status.tsx";
import { isRunning, jobDuration } from "./job-words.ts";
import { Dash, ReportDays } from "./report-days.tsx";
import { SelectBox, SelectPageBox } from "./select-box.tsx";
import type { Selection } from "./use-selection.ts";

export interface JobRowsProps {
  readonly jobs: readonly Job[];
  readonly now: number;
  readonly isStale: boolean;
  /** For those who may act on several at once. */
  readonly selection: Selection | null;
}

export function JobTable({ jobs, now, isStale, selection }: JobRowsProps) {
  const { jobs: words } = useMessages();
  const { columns } = words;
  return (
    <table className={selection ? "table job-table with-selection" : "table job-table"}>
      <caption className="visually-hidden">{words.tableCaption}</caption>
      <thead>
        <tr>
          {selection ? (
            <th scope="col" className="select-cell">
              <SelectPageBox count={jobs.length} selection={selection} />
            </th>
          ) : null}
          <th scope="col" className="from-xl">
            {columns.number}
          </th>
          <th scope="col">{columns.target}</th>
          <th scope="col">{columns.status}</th>
          <th scope="col" className="end">
            {columns.found}
          </th>
          <th scope="col" className="end from-xl">
            {columns.urls}
          </th>
          <th scope="col">{columns.started}</th>
          <th scope="col" className="from-lg">
            {columns.duration}
          </th>
          <th scope="col" className="from-xl">
            {columns.memo}
          </th>
          <th scope="col" className="from-lg">
            {columns.report}
          </th>
          <th scope="col">
            <span className="visually-hidden">{columns.action}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {jobs.map((job) => (
          <JobRow key={job.instanceNo} job={job} now={now} isStale={isStale} selection={selection} />
        ))}
      </tbody>
    </table>
  );
}

interface JobRowProps extends Omit<JobRowsProps, "jobs"> {
  readonly job: Job;
}

function JobRow({ job, now, isStale, selection }: JobRowProps) {
  const formats = useFormats();
  return (
    <tr className={selection?.has(job.instanceNo) ? "row-selected" : undefined}>
      {selection ? (
        <td className="select-cell">
          <SelectBox job={job} selection={selection} />
        </td>
      ) : null}
      <td className="from-xl figure muted" translate="no">
        {job.instanceNo}
      </td>
      <th scope="row" className="job-target">
        <Link className="row-link" to="/jobs/$instanceNo" params={{ instanceNo: job.instanceNo }} data-row="">
          <TargetText url={job.startUrl} />
        </Link>
        {job.memo === "" ? null : (
          <span className="until-xl memo-under one-line">
            <PlainText text={job.memo} />
          </span>
        )}
      </th>
      <td>
        <JobStatus job={job} isStale={isStale} />
      </td>
      <td className="end">
        <FoundCount job={job} />
      </td>
      <td className="end figure from-xl">{job.crawlCount === null ? <Dash /> : formats.number(job.crawlCount)}</td>
      <td className="nowrap">{job.startedAt === null ? <Dash /> : <TimeText instant={job.startedAt} />}</td>
      <td className="nowrap from-lg">{jobDuration(job, formats, now) ?? <Dash />}</td>
      <td className="from-xl memo-cell">{job.memo === "" ? <Dash /> : <PlainText text={job.memo} />}</td>
      <td className="nowrap from-lg">
        <ReportDays job={job} now={now} />
      </td>
      <td className="end">
        <JobAction job={job} />
      </td>
    </tr>
  );
}

/** The number of findings; of a running job the number until now. */
export function FoundCount({ job }: { readonly job: Job }) {
  const { jobs } = useMessages();
  const formats = useFormats();
  if (job.findingCount === null) return <Dash />;
  return (
    <span className="nowrap">
      <span className={job.findingCount > 0 ? "figure strong" : "figure muted"}>
        {formats.number(job.findingCount)}
      </span>
      {isRunning(job) ? <span className="muted found-so-far"> {jobs.soFar}</span> : null}
    </span>
  );
}

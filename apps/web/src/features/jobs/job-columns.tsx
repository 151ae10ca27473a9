import { Link } from "@tanstack/react-router";
import { type Job, type Severity, severities } from "@wsc-dashboard/wsc-core";
import { RiskCount } from "../../domain-ui/risk-count.tsx";
import { SeverityShape } from "../../domain-ui/severity-mark.tsx";
import { TargetText } from "../../domain-ui/target-text.tsx";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { PlainText } from "../../ui/plain-text.tsx";
import type { Column } from "../../ui/table.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import { JobAction } from "./job-action.tsx";
import type { JobListView } from "./job-list-search.ts";
import { JobSigns } from "./job-signs.tsx";
import { JobStatus } from "./job-status.tsx";
import { isRunning, jobDuration } from "./job-words.ts";
import { Dash, ReportDaysLeft } from "./report-days-left.tsx";
import { SelectBox, SelectPageBox } from "./select-box.tsx";
import { SortHead, sortedBy } from "./sort-head.tsx";
import type { JobNotes } from "./use-job-list.ts";
import type { Selection } from "./use-selection.ts";

/** The column of checkboxes that select jobs. */
export function selectColumn(selection: Selection, count: number): Column<Job> {
  return {
    key: "select",
    head: <SelectPageBox count={count} selection={selection} />,
    cell: (job) => <SelectBox job={job} selection={selection} />,
    className: "select-cell",
  };
}

interface JobColumnOptions {
  readonly now: number;
  /** Whether the list may be out of date. */
  readonly isStale: boolean;
  readonly notes: JobNotes;
  readonly list: JobListView;
}

/** The number of findings of one severity, once the report has been read. */
function riskColumn(severity: Severity, label: string, { list, notes }: JobColumnOptions): Column<Job> {
  return {
    key: severity,
    head: (
      <SortHead order={severity} list={list}>
        <span title={label}>
          <SeverityShape severity={severity} />
        </span>
        <span className="visually-hidden">{label}</span>
      </SortHead>
    ),
    sorted: sortedBy(list, severity),
    cell: ({ instanceNo }) => {
      const counts = notes.counts.get(instanceNo);
      return counts === undefined ? <Dash /> : <RiskCount count={counts[severity]} of={{ instanceNo, severity }} />;
    },
    className: "end from-lg",
    cellClassName: "figure",
  };
}

/** The columns of the job list. */
export function useJobColumns(options: JobColumnOptions): readonly Column<Job>[] {
  const { jobs, shell } = useMessages();
  const { now, isStale, notes, list } = options;
  const { columns } = jobs;
  const formats = useFormats();
  return [
    {
      key: "number",
      head: columns.number,
      cell: ({ instanceNo }) => <span translate="no">{instanceNo}</span>,
      className: "from-xl",
      cellClassName: "figure muted",
    },
    {
      key: "target",
      head: (
        <SortHead order="target" list={list}>
          {columns.target}
        </SortHead>
      ),
      sorted: sortedBy(list, "target"),
      cell: (job) => <TargetCell job={job} />,
      cellClassName: "job-target",
      isRowHeading: true,
    },
    {
      key: "status",
      head: columns.status,
      cell: (job) => (
        <>
          <JobStatus job={job} isStale={isStale} />
          <JobSigns signs={notes.signs.get(job.instanceNo)} />
        </>
      ),
    },
    ...severities.map((severity) => riskColumn(severity, jobs.risks[severity], options)),
    { key: "found", head: columns.found, cell: (job) => <FoundCount job={job} />, className: "end from-xl" },
    {
      key: "urls",
      head: columns.urls,
      cell: ({ crawlCount }) => (crawlCount === null ? <Dash /> : formats.number(crawlCount)),
      className: "end from-xl",
      cellClassName: "figure",
    },
    {
      key: "started",
      head: (
        <SortHead order="started" list={list}>
          {shell.zonedHead(columns.started, formats.zoneWord(formats.zone, new Date(now).toISOString()))}
        </SortHead>
      ),
      sorted: sortedBy(list, "started"),
      cell: ({ startedAt }) => (startedAt === null ? <Dash /> : <TimeText instant={startedAt} />),
      cellClassName: "nowrap",
    },
    {
      key: "duration",
      head: columns.duration,
      cell: (job) => jobDuration(job, formats, now) ?? <Dash />,
      className: "from-xl",
      cellClassName: "nowrap",
    },
    {
      key: "report",
      head: (
        <SortHead order="expires" list={list}>
          {columns.report}
        </SortHead>
      ),
      sorted: sortedBy(list, "expires"),
      cell: (job) => <ReportDaysLeft job={job} now={now} />,
      className: "from-lg",
      cellClassName: "nowrap",
    },
    {
      key: "action",
      head: <span className="visually-hidden">{columns.action}</span>,
      cell: (job) => <JobAction job={job} />,
      cellClassName: "end",
    },
  ];
}

function TargetCell({ job: { instanceNo, startUrl, memo } }: { readonly job: Job }) {
  return (
    <>
      <Link className="row-link" to="/jobs/$instanceNo" params={{ instanceNo }} data-row="">
        <TargetText url={startUrl} />
      </Link>
      {memo === "" ? null : (
        <span className="memo-under one-line">
          <PlainText text={memo} />
        </span>
      )}
    </>
  );
}

/** The number of findings; for a running job, the number so far. */
function FoundCount({ job }: { readonly job: Job }) {
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

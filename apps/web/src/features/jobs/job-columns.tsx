import { Link } from "@tanstack/react-router";
import { type Job, type Severity, severities } from "@wsc-dashboard/wsc-core";
import { RiskCount } from "../../domain-ui/risk-count.tsx";
import { SeverityShape } from "../../domain-ui/severity-mark.tsx";
import { TargetText } from "../../domain-ui/target-text.tsx";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { PlainText } from "../../ui/plain-text.tsx";
import { SelectAllBox } from "../../ui/select-box.tsx";
import type { Column } from "../../ui/table.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import type { Selection } from "../../ui/use-selection.ts";
import { JobAction } from "./job-action.tsx";
import type { JobListView } from "./job-list-search.ts";
import { JobSigns } from "./job-signs.tsx";
import { JobStatus } from "./job-status.tsx";
import { isRunning, jobDuration } from "./job-words.ts";
import { Dash, ReportDaysLeft } from "./report-days-left.tsx";
import { SelectJob } from "./select-box.tsx";
import { SortHead, sortedBy } from "./sort-head.tsx";
import type { JobNotes } from "./use-job-list.ts";

/** The column of checkboxes that select jobs. */
export function selectColumn(selection: Selection<Job>, jobs: readonly Job[], label: string): Column<Job> {
  return {
    key: "select",
    head: (
      <SelectAllBox
        label={label}
        chosen={selection.chosen.length}
        count={jobs.length}
        onToggle={() => selection.toggleAll(jobs)}
      />
    ),
    cell: (job) => <SelectJob job={job} selection={selection} />,
    className: "w-9 p-0 pe-2",
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
        <span className="sr-only">{label}</span>
      </SortHead>
    ),
    sorted: sortedBy(list, severity),
    cell: ({ instanceNo }) => {
      const counts = notes.counts.get(instanceNo);
      return counts === undefined ? <Dash /> : <RiskCount count={counts[severity]} of={{ instanceNo, severity }} />;
    },
    className: "text-end whitespace-nowrap max-lg:hidden",
    cellClassName: "tabular-nums",
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
      className: "whitespace-nowrap max-xl:hidden",
      cellClassName: "tabular-nums text-text-3",
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
      // Without the column of numbers it stands beside the boxes.
      className: "max-xl:ps-0",
      cellClassName: "w-[24%] py-[0.4375rem] max-lg:w-[34%]",
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
      // Room for the short words, which otherwise break before the target gives way.
      cellClassName: "min-w-28",
    },
    ...severities.map((severity) => riskColumn(severity, jobs.risks[severity], options)),
    {
      key: "found",
      head: columns.found,
      cell: (job) => <FoundCount job={job} />,
      className: "text-end whitespace-nowrap max-xl:hidden",
    },
    {
      key: "urls",
      head: columns.urls,
      cell: ({ crawlCount }) => (crawlCount === null ? <Dash /> : formats.number(crawlCount)),
      className: "text-end whitespace-nowrap max-xl:hidden",
      cellClassName: "tabular-nums",
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
      cellClassName: "whitespace-nowrap",
    },
    {
      key: "duration",
      head: columns.duration,
      cell: (job) => jobDuration(job, formats, now) ?? <Dash />,
      className: "max-xl:hidden",
      cellClassName: "whitespace-nowrap",
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
      className: "max-lg:hidden",
      cellClassName: "whitespace-nowrap",
    },
    {
      key: "action",
      head: <span className="sr-only">{columns.action}</span>,
      cell: (job) => <JobAction job={job} />,
      className: "print:hidden",
      cellClassName: "py-1 text-end whitespace-nowrap",
    },
  ];
}

function TargetCell({ job: { instanceNo, startUrl, memo } }: { readonly job: Job }) {
  return (
    <>
      <Link
        className="group/row inline-block py-0.5 text-text no-underline"
        to="/jobs/$instanceNo"
        params={{ instanceNo }}
        data-row=""
      >
        <TargetText url={startUrl} />
      </Link>
      {memo === "" ? null : (
        <span className="text-text-3 line-clamp-1 break-all">
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
    <span className="whitespace-nowrap">
      <span className={job.findingCount > 0 ? "tabular-nums font-bold" : "tabular-nums text-text-3"}>
        {formats.number(job.findingCount)}
      </span>
      {isRunning(job) ? <span className="text-text-3"> {jobs.soFar}</span> : null}
    </span>
  );
}

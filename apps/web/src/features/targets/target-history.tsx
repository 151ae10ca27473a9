import { Link } from "@tanstack/react-router";
import { severities, type TargetDetail, type TargetJob } from "@wsc-dashboard/wsc-core";
import { ChangeLink } from "../../domain-ui/change-link.tsx";
import { RiskCount } from "../../domain-ui/risk-count.tsx";
import { SeverityHeads } from "../../domain-ui/severity-heads.tsx";
import { statusLabel } from "../../domain-ui/status-label.ts";
import { StatusShape } from "../../domain-ui/status-shape.tsx";
import { errorTextOf } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useTargetDetailWords } from "../../messages/use-target-detail-words.ts";
import { TimeText } from "../../ui/time-text.tsx";

/** The jobs of a target with the counts and the comparison of each report. */
export function TargetHistory({ detail: { jobs, jobCount } }: { readonly detail: TargetDetail }) {
  const { targets: words } = useMessages();
  const details = useTargetDetailWords();
  const { number } = useFormats();
  return (
    <section className="pt-8" aria-labelledby="history">
      <h2 id="history" className="text-h2 pb-1">
        {words.history}
      </h2>
      {jobs.length < jobCount ? (
        <p className="m-0 text-text-2">{words.historyPart(number(jobs.length), number(jobCount))}</p>
      ) : null}
      {jobs.length === 0 ? <p className="text-text-3">{details.noScan}</p> : <HistoryTable jobs={jobs} />}
    </section>
  );
}

/** The rows of the history under their heads. */
function HistoryTable({ jobs }: Pick<TargetDetail, "jobs">) {
  const { targets: words } = useMessages();
  return (
    <div className="relative overflow-x-auto">
      <table className="table target-table">
        <caption className="sr-only">{words.history}</caption>
        <thead>
          <tr>
            <th scope="col">{words.job}</th>
            <th scope="col">{words.status}</th>
            <SeverityHeads />
            <th scope="col">{words.change}</th>
            <th scope="col" className="text-end whitespace-nowrap max-md:hidden">
              {words.urls}
            </th>
            <th scope="col" className="max-md:hidden">
              {words.report}
            </th>
          </tr>
        </thead>
        <tbody>
          {jobs.map((job) => (
            <HistoryRow key={job.instanceNo} job={job} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function HistoryRow({ job }: { readonly job: TargetJob }) {
  const messages = useMessages();
  const { number } = useFormats();
  const { instanceNo, status, startedAt, endedAt, counts, crawlCount } = job;
  const when = endedAt ?? startedAt;
  return (
    <tr>
      <th scope="row" className="whitespace-nowrap">
        <Link
          className="py-0.5 text-text no-underline hover:underline"
          to="/jobs/$instanceNo"
          params={{ instanceNo }}
          data-row=""
        >
          {when === null ? instanceNo : <TimeText instant={when} kind="date" />}
        </Link>
      </th>
      <td className="whitespace-nowrap">
        <span className="inline-flex items-center gap-2 align-bottom">
          <StatusShape phase={status.phase} />
          <span className="max-md:sr-only">{statusLabel(messages, status)}</span>
        </span>
      </td>
      {severities.map((severity) => (
        <td key={severity} className="text-end whitespace-nowrap tabular-nums">
          {counts === null ? (
            <span className="text-text-3">–</span>
          ) : (
            <RiskCount count={counts[severity]} of={{ instanceNo, severity }} />
          )}
        </td>
      ))}
      <td className="whitespace-nowrap">
        {counts === null ? (
          <span className="text-text-3">–</span>
        ) : (
          <ChangeLink head={instanceNo} change={job.change} notComparable={job.notComparable} />
        )}
      </td>
      <td className="text-end whitespace-nowrap tabular-nums max-md:hidden">
        {crawlCount === null ? "–" : number(crawlCount)}
      </td>
      <td className="whitespace-nowrap max-md:hidden">
        <ReportCell job={job} />
      </td>
    </tr>
  );
}

function ReportCell({ job: { instanceNo, reportState, failureCode } }: { readonly job: TargetJob }) {
  const messages = useMessages();
  const { targets: words, shell } = messages;
  if (reportState === "read" || reportState === "waiting") {
    return (
      <Link
        className="py-0.5"
        to="/jobs/$instanceNo/report"
        params={{ instanceNo }}
        aria-label={shell.labelled(words.openReport, instanceNo)}
      >
        {words.openReport}
      </Link>
    );
  }
  if (reportState !== "failed") return <span className="text-text-3">{words.reportStates[reportState]}</span>;
  return (
    <span
      className="text-medium-text"
      title={failureCode === null ? undefined : errorTextOf(messages, failureCode).title}
    >
      {words.reportStates.failed}
    </span>
  );
}

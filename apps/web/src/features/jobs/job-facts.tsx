import type { Job } from "@wsc-dashboard/wsc-core";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { PlainText } from "../../ui/plain-text.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import { jobDuration } from "./job-words.ts";
import { Dash, ReportDaysLeft } from "./report-days-left.tsx";

export function JobFacts({ job, now }: { readonly job: Job; readonly now: number }) {
  const { jobs } = useMessages();
  const formats = useFormats();
  const count = (n: number | null) => (n === null ? <Dash /> : <span className="figure">{formats.number(n)}</span>);
  return (
    <section aria-labelledby="facts-title">
      <h2 id="facts-title" className="h2 section-title">
        {jobs.settings}
      </h2>
      <dl className="facts facts-wide facts-split">
        <div className="facts-row">
          <dt>{jobs.foundLabel}</dt>
          <dd>{count(job.findingCount)}</dd>
        </div>
        <div className="facts-row">
          <dt>{jobs.urlsLabel}</dt>
          <dd>{count(job.crawlCount)}</dd>
        </div>
        <div className="facts-row">
          <dt>{jobs.startedLabel}</dt>
          <dd>{job.startedAt === null ? <Dash /> : <TimeText instant={job.startedAt} kind="zoned" />}</dd>
        </div>
        <div className="facts-row">
          <dt>{jobs.endedLabel}</dt>
          <dd>{job.endedAt === null ? <Dash /> : <TimeText instant={job.endedAt} kind="zoned" />}</dd>
        </div>
        <div className="facts-row">
          <dt>{jobs.columns.duration}</dt>
          <dd>{jobDuration(job, formats, now) ?? <Dash />}</dd>
        </div>
        <div className="facts-row">
          <dt>{jobs.reportLabel}</dt>
          <dd>
            {job.reportExpiresAt === null ? null : (
              <>
                <TimeText instant={job.reportExpiresAt} kind="zoned" />{" "}
              </>
            )}
            <ReportDaysLeft job={job} now={now} />
          </dd>
        </div>
        <div className="facts-row">
          <dt>{jobs.memo}</dt>
          <dd>{job.memo === "" ? <span className="muted">{jobs.noMemo}</span> : <PlainText text={job.memo} />}</dd>
        </div>
        <div className="facts-row">
          <dt>{jobs.instanceNo}</dt>
          <dd className="figure" translate="no">
            {job.instanceNo}
          </dd>
        </div>
        <div className="facts-row">
          <dt>{jobs.vendorStatus}</dt>
          <dd>
            <PlainText text={job.status.text} />
            {job.status.code === undefined ? null : <span className="muted figure"> {`(${job.status.code})`}</span>}
          </dd>
        </div>
        {Object.entries(job.extra ?? {}).map(([name, text]) => (
          <div className="facts-row" key={name}>
            <dt>
              <PlainText text={name} className="mono" />
            </dt>
            <dd>
              <PlainText text={text} />
            </dd>
          </div>
        ))}
      </dl>
      <p className="hint">{jobs.settingsNote}</p>
    </section>
  );
}

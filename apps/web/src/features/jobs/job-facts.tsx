import type { Job } from "@wsc-dashboard/wsc-core";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { FactList, FactRow } from "../../ui/fact-list.tsx";
import { PlainText } from "../../ui/plain-text.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import { jobDuration } from "./job-words.ts";
import { Dash, ReportDaysLeft } from "./report-days-left.tsx";

export function JobFacts({ job, now }: { readonly job: Job; readonly now: number }) {
  const { jobs } = useMessages();
  const formats = useFormats();
  const count = (n: number | null) =>
    n === null ? <Dash /> : <span className="tabular-nums">{formats.number(n)}</span>;
  return (
    <section aria-labelledby="facts-title">
      <h2 id="facts-title" className="text-h2 mt-9 mb-2">
        {jobs.settings}
      </h2>
      <FactList isWide isSplit>
        <FactRow>
          <dt>{jobs.foundLabel}</dt>
          <dd>{count(job.findingCount)}</dd>
        </FactRow>
        <FactRow>
          <dt>{jobs.urlsLabel}</dt>
          <dd>{count(job.crawlCount)}</dd>
        </FactRow>
        <FactRow>
          <dt>{jobs.startedLabel}</dt>
          <dd>{job.startedAt === null ? <Dash /> : <TimeText instant={job.startedAt} kind="zoned" />}</dd>
        </FactRow>
        <FactRow>
          <dt>{jobs.endedLabel}</dt>
          <dd>{job.endedAt === null ? <Dash /> : <TimeText instant={job.endedAt} kind="zoned" />}</dd>
        </FactRow>
        <FactRow>
          <dt>{jobs.columns.duration}</dt>
          <dd>{jobDuration(job, formats, now) ?? <Dash />}</dd>
        </FactRow>
        <FactRow>
          <dt>{jobs.reportLabel}</dt>
          <dd>
            {job.reportExpiresAt === null ? null : (
              <>
                <TimeText instant={job.reportExpiresAt} kind="zoned" />
                {" · "}
              </>
            )}
            <ReportDaysLeft job={job} now={now} />
          </dd>
        </FactRow>
        <FactRow>
          <dt>{jobs.memo}</dt>
          <dd>
            {job.memo === "" ? <span className="text-text-3">{jobs.noMemo}</span> : <PlainText text={job.memo} />}
          </dd>
        </FactRow>
        <FactRow>
          <dt>{jobs.instanceNo}</dt>
          <dd className="tabular-nums" translate="no">
            {job.instanceNo}
          </dd>
        </FactRow>
        <FactRow>
          <dt>{jobs.vendorStatus}</dt>
          <dd>
            <PlainText text={job.status.text} />
            {job.status.code === undefined ? null : (
              <span className="text-text-3 tabular-nums">{formats.bracketed(String(job.status.code))}</span>
            )}
          </dd>
        </FactRow>
        {Object.entries(job.extra ?? {}).map(([name, text]) => (
          <FactRow key={name}>
            <dt>
              <PlainText text={name} className="mono" />
            </dt>
            <dd>
              <PlainText text={text} />
            </dd>
          </FactRow>
        ))}
      </FactList>
      <p className="mt-3 max-w-168 text-text-2">{jobs.settingsNote}</p>
    </section>
  );
}

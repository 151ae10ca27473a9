import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { severities, type TargetDetail } from "@wsc-dashboard/wsc-core";
import { useMay } from "../../api/session-query.ts";
import { targetQuery } from "../../api/target-query.ts";
import { ChangeLink } from "../../domain-ui/change-link.tsx";
import { ReadingNotes } from "../../domain-ui/reading-notes.tsx";
import { RiskCount } from "../../domain-ui/risk-count.tsx";
import { SeverityBars } from "../../domain-ui/severity-bars.tsx";
import { SeverityMark } from "../../domain-ui/severity-mark.tsx";
import { describeError } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Actions } from "../../ui/actions.tsx";
import { buttonClass } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { useDelayed, useDocumentTitle } from "../../ui/hooks.ts";
import { Kicker, PageHead } from "../../ui/page-head.tsx";
import { HostText, withVisibleControls } from "../../ui/plain-text.tsx";
import { Stat, StatList } from "../../ui/stat.tsx";
import { TargetVerdicts } from "../../verdicts/target-verdicts.tsx";
import { NextScan, RescanCell } from "./target-cells.tsx";
import { TargetDetailsSection } from "./target-details-section.tsx";
import { TargetHistory } from "./target-history.tsx";

const route = getRouteApi("/targets/$host");
const chartedReports = 12;

/** One target: open findings, history, and planned scans. */
export function TargetPage() {
  const messages = useMessages();
  const { targets: words, shell } = messages;
  const { host } = route.useParams();
  const query = useQuery(targetQuery(host));
  const isLate = useDelayed(query.isPending, 200);
  const { data } = query;
  useDocumentTitle(withVisibleControls(host), words.kicker, shell.product);
  return (
    <>
      <Kicker>
        <Link to="/targets">{words.title}</Link>
      </Kicker>
      <PageHead>
        <h1 className="text-h1" translate="no">
          <HostText host={host} />
        </h1>
        <Actions>
          <Link className={buttonClass()} to="/jobs" search={{ q: host }}>
            {words.toJobs}
          </Link>
          <NewScan detail={data} />
        </Actions>
      </PageHead>
      {data ? <Detail detail={data} /> : null}
      {!data && query.isError ? (
        <ErrorNotice
          heading={words.oneFailedTitle}
          description={describeError(messages, query.error)}
          onRetry={() => void query.refetch()}
          actions={
            <Link className={buttonClass()} to="/targets">
              {words.toTargets}
            </Link>
          }
          isAlert
        />
      ) : null}
      {isLate ? <p className="text-text-3">{shell.loading}</p> : null}
    </>
  );
}

/** Creates a job with the settings of the last one. */
function NewScan({ detail }: { readonly detail: TargetDetail | undefined }) {
  const { jobs } = useMessages();
  const mayCreate = useMay("jobs.create");
  if (!mayCreate || detail === undefined) return null;
  const { lastJob } = detail.target;
  return (
    <Link
      className={buttonClass("primary")}
      to="/jobs/new"
      search={lastJob === null ? {} : { from: lastJob.instanceNo }}
    >
      {jobs.newJob}
    </Link>
  );
}

function Detail({ detail }: { readonly detail: TargetDetail }) {
  const { targets: words } = useMessages();
  const { zoned } = useFormats();
  const { reading, asOf } = detail;
  return (
    <>
      <ReadingNotes reading={reading} />
      <Facts detail={detail} />
      <TargetDetailsSection target={detail.target} />
      <Course detail={detail} />
      <TargetHistory detail={detail} />
      <TargetVerdicts host={detail.target.host} />
      <Schedules detail={detail} />
      <footer className="mt-10 border-t border-hairline pt-3 text-text-3">
        <p>{words.note}</p>
        <p>{words.asOf(zoned(asOf), reading.listReadAt === null ? "–" : zoned(reading.listReadAt))}</p>
      </footer>
    </>
  );
}

function Facts({ detail: { target } }: { readonly detail: TargetDetail }) {
  const { targets: words } = useMessages();
  const { date } = useFormats();
  const { latest, change, notComparable, next } = target;
  return (
    <section className="flex flex-wrap gap-x-12 gap-y-4 py-5" aria-label={words.open}>
      <StatList>
        {severities.map((severity) => (
          <Stat key={severity} name={<SeverityMark severity={severity} />}>
            {latest === null ? (
              <span className="font-normal text-text-3">–</span>
            ) : (
              <RiskCount
                count={latest.open[severity]}
                isOpenOnly={latest.open[severity] !== latest[severity]}
                of={{ instanceNo: latest.instanceNo, severity }}
              />
            )}
          </Stat>
        ))}
      </StatList>
      <dl className="m-0 grid flex-1 grid-cols-2 gap-x-8 gap-y-1 self-center lg:grid-cols-4 [&_dt]:text-text-3 [&_dd]:m-0">
        <div>
          <dt>{words.report}</dt>
          <dd>
            {latest === null ? (
              <span className="text-text-3">{words.noReport}</span>
            ) : (
              <Link to="/jobs/$instanceNo/report" params={{ instanceNo: latest.instanceNo }}>
                {words.fromReport(date(latest.endedAt))}
              </Link>
            )}
          </dd>
        </div>
        <div>
          <dt>{words.change}</dt>
          <dd>
            {latest === null ? (
              <span className="text-text-3">–</span>
            ) : (
              <ChangeLink head={latest.instanceNo} change={change} notComparable={notComparable} />
            )}
          </dd>
        </div>
        <div>
          <dt>{words.next}</dt>
          <dd>
            <NextScan next={next} />
          </dd>
        </div>
        <div>
          <dt>{words.rescan}</dt>
          <dd>
            <RescanCell target={target} />
          </dd>
        </div>
      </dl>
    </section>
  );
}

function Course({ detail: { target } }: { readonly detail: TargetDetail }) {
  const { targets: words } = useMessages();
  const { number, dayMonth } = useFormats();
  const points = target.trend.slice(-chartedReports);
  if (points.length < 2) return null;
  return (
    <section className="py-2">
      <h2 className="text-h2 pb-4">{words.course}</h2>
      <SeverityBars
        bars={points.map(({ instanceNo, endedAt, high, medium, low }) => ({
          key: instanceNo,
          label: dayMonth(endedAt),
          ...{ high: high ?? 0, medium: medium ?? 0, low: low ?? 0 },
        }))}
        label={words.courseText(points.length, number(points.length))}
      />
    </section>
  );
}

function Schedules({ detail: { schedules } }: { readonly detail: TargetDetail }) {
  const { targets: words } = useMessages();
  const { dateTime } = useFormats();
  return (
    <section className="pt-8">
      <h2 className="text-h2 pb-1">{words.schedules}</h2>
      {schedules.length === 0 ? (
        <p className="m-0 text-text-3">{words.noSchedules}</p>
      ) : (
        <ul className="m-0 list-none p-0">
          {schedules.map(({ id, startUrl, nextAt }) => (
            <li key={id} className="flex flex-wrap gap-x-4 border-b border-hairline py-2">
              <Link to="/schedules/$id" params={{ id }} translate="no">
                {withVisibleControls(startUrl)}
              </Link>
              <span className="text-text-2">
                {nextAt === null ? words.paused : <time dateTime={nextAt}>{words.nextRun(dateTime(nextAt))}</time>}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

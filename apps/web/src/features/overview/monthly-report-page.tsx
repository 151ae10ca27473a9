import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { type MonthlyReport, severities } from "@wsc-dashboard/wsc-core";
import { Printer } from "lucide-react";
import type { ReactNode } from "react";
import { monthlyReportQuery } from "../../api/overview-query.ts";
import { ReadingNotes } from "../../domain-ui/reading-notes.tsx";
import { SeverityMark } from "../../domain-ui/severity-mark.tsx";
import { describeError } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useMonthlyWords } from "../../messages/use-monthly-words.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { useDelayed, useDocumentTitle } from "../../ui/hooks.ts";
import { withVisibleControls } from "../../ui/plain-text.tsx";

const route = getRouteApi("/reports/monthly");

/** One page for management: the results of one month, on screen and on paper. */
export function MonthlyReportPage() {
  const messages = useMessages();
  const { shell, overview } = messages;
  const words = useMonthlyWords();
  const { month: monthText } = useFormats();
  const { month } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(monthlyReportQuery(month));
  const isLate = useDelayed(query.isPending, 200);
  const { data } = query;
  useDocumentTitle(words.title, shell.product);
  return (
    <>
      <p className="kicker">
        <Link to="/">{overview.title}</Link>
      </p>
      <div className="page-head">
        <h1 className="h1">
          {words.title} {data ? <span className="counter">{monthText(data.month)}</span> : null}
        </h1>
        {data ? (
          <div className="actions">
            <select
              className="select"
              aria-label={words.month}
              value={data.month}
              onChange={({ target }) => void navigate({ search: { month: target.value } })}
            >
              {data.months.map((one) => (
                <option key={one} value={one}>
                  {monthText(one)}
                </option>
              ))}
            </select>
            <Button onClick={() => window.print()}>
              <Printer size={16} strokeWidth={1.75} aria-hidden="true" />
              {words.print}
            </Button>
          </div>
        ) : null}
      </div>
      <hr className="thick-rule" />
      {data ? <MonthlyFigures report={data} /> : null}
      {!data && query.isError ? (
        <ErrorNotice
          heading={words.failedTitle}
          description={describeError(messages, query.error)}
          onRetry={() => void query.refetch()}
          isAlert
        />
      ) : null}
      {isLate ? <p className="muted">{shell.loading}</p> : null}
    </>
  );
}

interface FigureProps {
  readonly name: ReactNode;
  readonly value: ReactNode;
  readonly note?: string;
}

function Figure({ name, value, note }: FigureProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="m-0">
        <span className="text-figure font-bold tabular-nums">{value}</span>
        {note === undefined ? null : <div className="text-text-3">{note}</div>}
      </dd>
    </div>
  );
}

interface FiguresProps {
  readonly id: string;
  readonly title: string;
  readonly note?: string;
  readonly children: ReactNode;
}

function Figures({ id, title, note, children }: FiguresProps) {
  return (
    <section className="pt-5" aria-labelledby={id}>
      <h2 id={id} className="h2 pb-2">
        {title}
      </h2>
      <dl className="m-0 flex flex-wrap gap-x-12 gap-y-3">{children}</dl>
      {note === undefined ? null : <p className="m-0 pt-2 text-text-3">{note}</p>}
    </section>
  );
}

function MonthlyFigures({ report }: { readonly report: MonthlyReport }) {
  const { targets, overview } = useMessages();
  const words = useMonthlyWords();
  const { number, zoned } = useFormats();
  const { open, before, jobs, reading, asOf, zone } = report;
  return (
    <>
      <ReadingNotes reading={reading} />
      {report.isOver ? null : <p className="m-0 pt-3 text-text-2">{words.asOfNow}</p>}
      <Figures id="month-open" title={words.openEnd} note={words.ofTargets(open.targets, number(open.targets))}>
        {severities.map((severity) => (
          <Figure
            key={severity}
            name={<SeverityMark severity={severity} />}
            value={number(open[severity])}
            note={words.before(number(before[severity]))}
          />
        ))}
      </Figures>
      <Figures id="month-changes" title={words.changes} note={words.compared(report.compared, number(report.compared))}>
        <Figure name={words.new} value={number(report.new.total)} />
        <Figure name={words.fixed} value={number(report.fixed.total)} />
        <Figure name={words.accepted} value={number(report.accepted)} />
      </Figures>
      <Figures id="month-jobs" title={words.jobs}>
        <Figure name={words.finished} value={number(jobs.finished)} />
        <Figure name={words.failed} value={number(jobs.failed)} />
        <Figure name={words.limit} value={jobs.limit === null ? words.noLimit : number(jobs.limit)} />
      </Figures>
      <Coverage report={report} />
      <footer className="provenance">
        <p>{words.note}</p>
        <p>{overview.zoneNote(zone)}</p>
        <p>{targets.asOf(zoned(asOf), reading.listReadAt === null ? "–" : zoned(reading.listReadAt))}</p>
      </footer>
    </>
  );
}

function Coverage({ report: { targets, unscanned } }: { readonly report: MonthlyReport }) {
  const words = useMonthlyWords();
  const { number } = useFormats();
  const { known, scanned } = targets;
  const share = known === 0 ? "–" : `${number(Math.round((100 * scanned) / known))} %`;
  const more = known - scanned - unscanned.length;
  return (
    <section className="pt-5" aria-labelledby="month-coverage">
      <h2 id="month-coverage" className="h2 pb-2">
        {words.coverage}
      </h2>
      <p className="m-0">{words.scanned(number(scanned), number(known), share)}</p>
      {unscanned.length === 0 ? null : (
        <>
          <h3 className="h3 pt-3">{words.unscanned}</h3>
          <ul className="m-0 flex list-none flex-wrap gap-x-6 gap-y-1 p-0">
            {unscanned.map((host) => (
              <li key={host}>
                <Link className="inline-block py-0.5" to="/targets/$host" params={{ host }}>
                  <bdi translate="no">{withVisibleControls(host)}</bdi>
                </Link>
              </li>
            ))}
            {more > 0 ? <li className="text-text-3">{words.more(number(more))}</li> : null}
          </ul>
        </>
      )}
    </section>
  );
}

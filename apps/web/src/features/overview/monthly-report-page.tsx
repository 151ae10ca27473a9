import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { type MonthlyReport, severities } from "@wsc-dashboard/wsc-core";
import { Printer } from "lucide-react";
import type { ReactNode } from "react";
import { monthlyReportQuery } from "../../api/overview-query.ts";
import { ReadingNotes } from "../../domain-ui/reading-notes.tsx";
import { SeverityMark } from "../../domain-ui/severity-mark.tsx";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useMonthlyWords } from "../../messages/use-monthly-words.ts";
import { Actions } from "../../ui/actions.tsx";
import { Button } from "../../ui/button.tsx";
import { Select } from "../../ui/control.tsx";
import { Counter } from "../../ui/counter.tsx";
import { useDocumentTitle } from "../../ui/hooks.ts";
import { Kicker, PageHead } from "../../ui/page-head.tsx";
import { withVisibleControls } from "../../ui/plain-text.tsx";
import { QueryState } from "../../ui/query-state.tsx";
import { Stat, StatList } from "../../ui/stat.tsx";

const route = getRouteApi("/reports/monthly");

/** One page for management: the results of one month, on screen and on paper. */
export function MonthlyReportPage() {
  const { shell, overview } = useMessages();
  const words = useMonthlyWords();
  const { month: monthText } = useFormats();
  const { month } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(monthlyReportQuery(month));
  const { data } = query;
  useDocumentTitle(words.title, shell.product);
  return (
    <>
      <Kicker>
        <Link to="/">{overview.title}</Link>
      </Kicker>
      <PageHead>
        <h1 className="text-h1">
          {words.title} {data ? <Counter>{monthText(data.month)}</Counter> : null}
        </h1>
        {data ? (
          <Actions>
            <Select
              aria-label={words.month}
              value={data.month}
              onChange={({ target }) => void navigate({ search: { month: target.value } })}
            >
              {data.months.map((one) => (
                <option key={one} value={one}>
                  {monthText(one)}
                </option>
              ))}
            </Select>
            <Button onClick={() => window.print()}>
              <Printer size={16} strokeWidth={1.75} aria-hidden="true" />
              {words.print}
            </Button>
          </Actions>
        ) : null}
      </PageHead>
      <QueryState query={query} failedTitle={words.failedTitle} />
      {data ? <MonthlyFigures report={data} /> : null}
    </>
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
      <h2 id={id} className="text-h2 pb-2">
        {title}
      </h2>
      <StatList>{children}</StatList>
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
      <div className="grid gap-x-12 border-b border-hairline pb-5 lg:grid-cols-3">
        <Figures id="month-open" title={words.openEnd} note={words.ofTargets(open.targets, number(open.targets))}>
          {severities.map((severity) => (
            <Stat
              key={severity}
              name={<SeverityMark severity={severity} />}
              note={words.before(number(before[severity]))}
            >
              {number(open[severity])}
            </Stat>
          ))}
        </Figures>
        <Figures
          id="month-changes"
          title={words.changes}
          note={words.compared(report.compared, number(report.compared))}
        >
          <Stat name={words.new}>{number(report.new.total)}</Stat>
          <Stat name={words.fixed}>{number(report.fixed.total)}</Stat>
          <Stat name={words.accepted}>{number(report.accepted)}</Stat>
        </Figures>
        <Figures id="month-jobs" title={words.jobs}>
          <Stat name={words.finished}>{number(jobs.finished)}</Stat>
          <Stat name={words.failed}>{number(jobs.failed)}</Stat>
          <Stat name={words.limit}>
            {jobs.limit === null ? (
              <span className="text-h2 font-normal text-text-2">{words.noLimit}</span>
            ) : (
              number(jobs.limit)
            )}
          </Stat>
        </Figures>
      </div>
      <Coverage report={report} />
      <footer className="mt-10 border-t border-hairline pt-3 text-text-3">
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
  const share = known === 0 ? "–" : `${number(Math.round((100 * scanned) / known))}%`;
  const more = known - scanned - unscanned.length;
  return (
    <section className="pt-5" aria-labelledby="month-coverage">
      <h2 id="month-coverage" className="text-h2 pb-2">
        {words.coverage}
      </h2>
      <p className="m-0">{words.scanned(number(scanned), number(known), share)}</p>
      {unscanned.length === 0 ? null : (
        <>
          <h3 className="text-h3 pt-3">{words.unscanned}</h3>
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

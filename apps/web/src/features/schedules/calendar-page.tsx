import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { addMonths, monthAt, type ScanCalendar, weekdays } from "@wsc-dashboard/wsc-core";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { scanCalendarQuery } from "../../api/plan-calls.ts";
import { useDayName } from "../../domain-ui/use-day-name.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useCalendarWords } from "../../messages/use-calendar-words.ts";
import { Actions } from "../../ui/actions.tsx";
import { buttonClass } from "../../ui/button.tsx";
import { Counter } from "../../ui/counter.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { useDocumentTitle } from "../../ui/hooks.ts";
import { Kicker, PageHead } from "../../ui/page-head.tsx";
import { QueryState } from "../../ui/query-state.tsx";
import { CalendarDayCell } from "./calendar-day-cell.tsx";
import { type CalendarDay, calendarDays } from "./calendar-days.ts";

const route = getRouteApi("/schedules/calendar");

/** The scans to come of a month, day by day, against the shared limit. */
export function CalendarPage() {
  const { schedules, shell } = useMessages();
  const words = useCalendarWords();
  const { zone, month: monthText } = useFormats();
  const current = monthAt(new Date(), zone);
  const { month = current } = route.useSearch();
  const query = useQuery(scanCalendarQuery(month, zone));
  useDocumentTitle(words.title, schedules.title, shell.product);
  const to = (count: number) => ({ month: addMonths(month, count) });
  return (
    <>
      <Kicker>
        <Link to="/schedules">{schedules.title}</Link>
      </Kicker>
      <PageHead>
        <h1 className="text-h1">
          {words.title} <Counter>{monthText(month)}</Counter>
        </h1>
        <Actions>
          {month > current ? (
            <Link className={buttonClass()} to="/schedules/calendar" search={to(-1)}>
              <ChevronLeft size={16} strokeWidth={1.75} aria-hidden="true" />
              {words.previous}
            </Link>
          ) : null}
          <Link className={buttonClass()} to="/schedules/calendar" search={to(1)}>
            {words.next}
            <ChevronRight size={16} strokeWidth={1.75} aria-hidden="true" />
          </Link>
        </Actions>
      </PageHead>
      <QueryState query={query} failedTitle={words.failedTitle} />
      {query.data ? <Month calendar={query.data} /> : null}
    </>
  );
}

function Month({ calendar }: { readonly calendar: ScanCalendar }) {
  const words = useCalendarWords();
  const { zone, number, month: monthText, list } = useFormats();
  const dayName = useDayName();
  const days = calendarDays(calendar, zone);
  const { limit, zone: limitZone } = calendar.capacity;
  const over = days.filter(({ level }) => level === "over");
  return (
    <>
      <p className="mt-3 max-w-168 text-text-2">
        {limit === null ? words.noLimit : words.limit(number(limit), limitZone)}
      </p>
      <p className="max-w-168 text-text-2">{words.paused}</p>
      {over.length > 0 ? (
        <p className="max-w-168 font-bold text-medium-text">
          {words.overNote(list(over.map(({ day }) => dayName(day))))}
        </p>
      ) : null}
      {calendar.scans.length === 0 ? (
        <EmptyState title={words.emptyTitle}>
          <p>{words.emptyText}</p>
        </EmptyState>
      ) : (
        <Days days={days} label={words.daysLabel(monthText(calendar.month))} limit={limit} />
      )}
    </>
  );
}

interface DaysProps {
  readonly days: readonly CalendarDay[];
  readonly label: string;
  readonly limit: number | null;
}

const columnClasses = [
  "md:col-start-1",
  "md:col-start-2",
  "md:col-start-3",
  "md:col-start-4",
  "md:col-start-5",
  "md:col-start-6",
  "md:col-start-7",
] as const;

/** A grid of weeks; on a narrow screen a list of the days with scans. */
function Days({ days, label, limit }: DaysProps) {
  const { weekday } = useFormats();
  const last = days.at(-1);
  return (
    <div className="mt-4">
      <div className="hidden grid-cols-7 md:grid" aria-hidden="true">
        {weekdays.map((day) => (
          <p key={day} className="m-0 px-2 py-1 text-text-3">
            {weekday(day, "short")}
          </p>
        ))}
      </div>
      <ol className="border-hairline md:grid md:grid-cols-7 md:border-s md:border-t" aria-label={label}>
        {days.map((day, index) => (
          <CalendarDayCell
            key={day.day}
            day={day}
            limit={limit}
            className={index === 0 ? columnClasses[day.weekday] : undefined}
          />
        ))}
        {last === undefined || last.weekday === 6 ? null : (
          <li
            className={`-mt-px hidden border-e border-y border-hairline md:col-end-8 md:block ${columnClasses[last.weekday + 1]}`}
            aria-hidden="true"
          />
        )}
      </ol>
    </div>
  );
}

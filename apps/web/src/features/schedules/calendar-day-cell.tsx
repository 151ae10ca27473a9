import { Link } from "@tanstack/react-router";
import { localTimeOf } from "@wsc-dashboard/wsc-core";
import { useDayName } from "../../domain-ui/use-day-name.ts";
import { useFormats } from "../../messages/messages-context.tsx";
import { useCalendarWords } from "../../messages/use-calendar-words.ts";
import { PlainText } from "../../ui/plain-text.tsx";
import type { CalendarDay, CalendarScan } from "./calendar-days.ts";

const shownScans = 4;

interface CalendarDayCellProps {
  readonly day: CalendarDay;
  readonly limit: number | null;
  readonly className?: string | undefined;
}

/** A day with its scans; the first ones at once, the others on demand. */
export function CalendarDayCell({ day, limit, className = "" }: CalendarDayCellProps) {
  const words = useCalendarWords();
  const { zone, number } = useFormats();
  const dayName = useDayName();
  const { scans } = day;
  const today = localTimeOf(new Date(), zone).localTime.slice(0, 10);
  const isPast = day.day < today;
  const hidden = scans.slice(shownScans);
  return (
    <li
      className={`min-w-0 border-y border-hairline py-2 not-first:-mt-px md:-mt-px md:min-h-28 md:border-e md:px-2 ${className} ${scans.length === 0 ? "hidden md:block" : ""} ${isPast ? "md:bg-sunken" : ""}`}
    >
      <h2
        className={`m-0 text-ui ${day.day === today ? "font-bold text-accent" : isPast ? "text-text-3" : "font-bold"}`}
      >
        <span className="md:sr-only">{dayName(day.day)}</span>
        <span className="hidden md:inline" aria-hidden="true">
          {Number(day.day.slice(8))}
        </span>
        {day.day === today ? ` ${words.today}` : ""}
      </h2>
      <DayCount day={day} limit={limit} />
      {scans.length === 0 ? null : (
        <ul>
          {scans.slice(0, shownScans).map((scan) => (
            <ScanLine key={`${scan.id} ${scan.dueAt}`} scan={scan} />
          ))}
        </ul>
      )}
      {hidden.length === 0 ? null : (
        <details>
          <summary className="min-h-6 cursor-pointer text-accent">{words.more(number(hidden.length))}</summary>
          <ul>
            {hidden.map((scan) => (
              <ScanLine key={`${scan.id} ${scan.dueAt}`} scan={scan} />
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

function DayCount({ day: { scans, planned, level }, limit }: CalendarDayCellProps) {
  const words = useCalendarWords();
  const { number } = useFormats();
  if (scans.length === 0 && (planned ?? 0) === 0) return null;
  const count =
    planned === null || limit === null
      ? words.count(scans.length, number(scans.length))
      : (level === "over" ? words.countOver : words.countOf)(number(planned), number(limit));
  return (
    <p className="m-0 text-text-3 tabular-nums">
      {count}
      {level === "free" ? null : (
        <strong className={level === "over" ? "block text-high-text" : "block text-text-2"}>
          {level === "over" ? words.over : words.full}
        </strong>
      )}
    </p>
  );
}

function ScanLine({ scan: { kind, id, host, dueAt, time } }: { readonly scan: CalendarScan }) {
  const words = useCalendarWords();
  const link = "min-w-0 truncate py-0.5";
  const name = <PlainText text={host} />;
  return (
    <li className="flex min-w-0 flex-wrap items-baseline gap-x-1.5 max-md:flex-nowrap lg:flex-nowrap">
      <time className="flex-none text-text-3 tabular-nums" dateTime={dueAt}>
        {time}
      </time>
      {kind === "schedule" ? (
        <Link className={link} to="/schedules/$id" params={{ id }} title={host}>
          {name}
        </Link>
      ) : (
        <Link className={link} to="/targets/$host" params={{ host }} title={host}>
          {name}
        </Link>
      )}
      {kind === "reservation" ? <span className="flex-none text-text-3">{words.once}</span> : null}
    </li>
  );
}

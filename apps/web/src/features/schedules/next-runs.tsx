import type { Schedule } from "@wsc-dashboard/wsc-core";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useCalendarWords } from "../../messages/use-calendar-words.ts";

interface NextRunsProps {
  /** `planned`: other jobs on the day of the shared limit. */
  readonly runs: readonly (Schedule["next"][number] & { readonly planned?: number })[];
  readonly zone: string;
  readonly label: string;
  /** Jobs that the shared limit allows a day; `null` for no limit. */
  readonly dayLimit?: number | null;
  /** Each over a hairline, the time in UTC below. */
  readonly isStacked?: boolean;
}

/** The next runs, in the rule's time zone and in UTC, with a note where the clocks change. */
export function NextRuns({ runs, zone, label, dayLimit = null, isStacked = false }: NextRunsProps) {
  const { schedules } = useMessages();
  const { runTime } = useFormats();
  const notes = [
    ...(runs.some(({ note }) => note === "gap") ? [schedules.gapNote] : []),
    ...(runs.some(({ note }) => note === "overlap") ? [schedules.overlapNote] : []),
  ];
  return (
    <>
      <ol
        className={`tabular-nums ${isStacked ? "" : "grid grid-cols-[max-content_1fr] gap-x-4 max-sm:grid-cols-1"}`}
        aria-label={label}
      >
        {runs.map(({ dueAt, note, planned }) => (
          <li
            key={dueAt}
            className={isStacked ? "border-b border-hairline py-0.75" : "col-span-full grid grid-cols-subgrid py-0.75"}
          >
            <span>
              <time dateTime={dueAt}>{runTime(dueAt, zone)}</time>
              {note === undefined ? null : (
                <strong className="font-bold text-medium-text">
                  {" "}
                  {note === "gap" ? schedules.gapMark : schedules.overlapMark}
                </strong>
              )}
            </span>
            {zone === "UTC" ? null : (
              <span className={isStacked ? "block text-text-3" : "text-text-3"}> {`${runTime(dueAt, "UTC")} UTC`}</span>
            )}
            {planned === undefined || dayLimit === null ? null : <DayUse planned={planned} limit={dayLimit} />}
          </li>
        ))}
      </ol>
      {notes.map((note) => (
        <p key={note} className="max-w-168 text-text-2">
          {note}
        </p>
      ))}
    </>
  );
}

/** How much of the shared limit other jobs take on the day of a run. */
function DayUse({ planned, limit }: { readonly planned: number; readonly limit: number }) {
  const words = useCalendarWords();
  const { number } = useFormats();
  return (
    <span
      className={
        planned >= limit ? "col-span-full block font-bold text-medium-text" : "col-span-full block text-text-3"
      }
    >
      {planned >= limit
        ? words.othersFull(number(planned), number(limit))
        : words.others(number(planned), number(limit))}
    </span>
  );
}

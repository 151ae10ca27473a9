import type { Schedule } from "@wsc-dashboard/wsc-core";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";

interface NextRunsProps {
  readonly runs: Schedule["next"];
  readonly zone: string;
  readonly label: string;
  /** Each over a hairline, the time in UTC below. */
  readonly isStacked?: boolean;
}

/** The next runs, in the rule's time zone and in UTC, with a note where the clocks change. */
export function NextRuns({ runs, zone, label, isStacked = false }: NextRunsProps) {
  const { schedules } = useMessages();
  const { runTime } = useFormats();
  const notes = [
    ...(runs.some(({ note }) => note === "gap") ? [schedules.gapNote] : []),
    ...(runs.some(({ note }) => note === "overlap") ? [schedules.overlapNote] : []),
  ];
  return (
    <>
      <ol className="tabular-nums" aria-label={label}>
        {runs.map(({ dueAt, note }) => (
          <li key={dueAt} className={isStacked ? "border-b border-hairline py-0.75" : "py-0.75"}>
            <time dateTime={dueAt}>{runTime(dueAt, zone)}</time>
            {note === undefined ? null : (
              <strong className="font-bold text-medium-text">
                {" "}
                {note === "gap" ? schedules.gapMark : schedules.overlapMark}
              </strong>
            )}
            {zone === "UTC" ? null : (
              <span className={isStacked ? "block text-text-3" : "ps-2 text-text-3"}>
                {" "}
                {`${runTime(dueAt, "UTC")} UTC`}
              </span>
            )}
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

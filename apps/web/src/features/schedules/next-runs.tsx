import type { Schedule } from "@wsc-dashboard/wsc-core";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";

interface NextRunsProps {
  readonly runs: Schedule["next"];
  readonly zone: string;
  readonly label: string;
}

/** The next runs, in the rule's time zone and in UTC, with a note where the clocks change. */
export function NextRuns({ runs, zone, label }: NextRunsProps) {
  const { schedules } = useMessages();
  const { runTime } = useFormats();
  const notes = [
    ...(runs.some(({ note }) => note === "gap") ? [schedules.gapNote] : []),
    ...(runs.some(({ note }) => note === "overlap") ? [schedules.overlapNote] : []),
  ];
  return (
    <>
      <ol className="next-runs figure" aria-label={label}>
        {runs.map(({ dueAt, note }) => (
          <li key={dueAt}>
            <time dateTime={dueAt}>{runTime(dueAt, zone)}</time>
            {note === undefined ? null : (
              <strong className="tone-medium"> {note === "gap" ? schedules.gapMark : schedules.overlapMark}</strong>
            )}
            {zone === "UTC" ? null : <span className="muted"> {`${runTime(dueAt, "UTC")} UTC`}</span>}
          </li>
        ))}
      </ol>
      {notes.map((note) => (
        <p key={note} className="hint">
          {note}
        </p>
      ))}
    </>
  );
}

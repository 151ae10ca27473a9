import { Link } from "@tanstack/react-router";
import type { Overview } from "@wsc-dashboard/wsc-core";
import { statusLabel } from "../../domain-ui/status-label.ts";
import { StatusShape } from "../../domain-ui/status-shape.tsx";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Counter } from "../../ui/counter.tsx";
import { withVisibleControls } from "../../ui/plain-text.tsx";
import { TimeText } from "../../ui/time-text.tsx";

/** More than these are in the calendar. */
const shownScans = 8;

const rowClass = "flex flex-wrap items-center justify-between gap-x-4 border-b border-hairline py-2";

/** Jobs that wait or run. */
export function RunningJobs({ overview: { running } }: { readonly overview: Overview }) {
  const messages = useMessages();
  const { overview: words } = messages;
  const { number } = useFormats();
  const rest = running.total - running.jobs.length;
  return (
    <section aria-labelledby="running">
      <h2 id="running" className="text-h2 pb-1">
        {words.running} <Counter>{number(running.total)}</Counter>
      </h2>
      {running.total === 0 ? <p className="m-0 text-text-3">{words.nothingRunning}</p> : null}
      <ul className="m-0 list-none p-0">
        {running.jobs.map(({ instanceNo, host, status }) => (
          <li key={instanceNo} className={rowClass}>
            <Link
              className="min-w-0 py-0.5 wrap-anywhere text-text no-underline hover:underline"
              to="/jobs/$instanceNo"
              params={{ instanceNo }}
              translate="no"
            >
              <bdi>{withVisibleControls(host)}</bdi>
            </Link>
            <span className="inline-flex items-center gap-2 whitespace-nowrap text-text-2">
              <StatusShape phase={status.phase} />
              {statusLabel(messages, status)}
            </span>
          </li>
        ))}
      </ul>
      {rest > 0 ? (
        <Link className="inline-block pt-2" to="/targets" search={{ show: "running" }}>
          {words.more(number(rest))}
        </Link>
      ) : null}
    </section>
  );
}

/** Scans planned for the next days. */
export function UpcomingScans({ overview: { upcoming } }: { readonly overview: Overview }) {
  const { overview: words } = useMessages();
  const { number } = useFormats();
  const shown = upcoming.scans.slice(0, shownScans);
  const rest = upcoming.total - shown.length;
  return (
    <section aria-labelledby="upcoming">
      <h2 id="upcoming" className="text-h2 pb-1">
        {words.upcoming} <Counter>{number(upcoming.total)}</Counter>
      </h2>
      {upcoming.total === 0 ? <p className="m-0 text-text-3">{words.nothingUpcoming}</p> : null}
      <ul className="m-0 list-none p-0">
        {shown.map(({ kind, id, host, dueAt }) => (
          <li key={`${id} ${dueAt}`} className={rowClass}>
            <span className="min-w-0 wrap-anywhere" translate="no">
              <bdi>{withVisibleControls(host)}</bdi>
            </span>
            {kind === "schedule" ? (
              <Link className="py-0.5 whitespace-nowrap" to="/schedules/$id" params={{ id }}>
                <TimeText instant={dueAt} />
              </Link>
            ) : (
              <Link className="py-0.5 whitespace-nowrap" to="/jobs">
                <TimeText instant={dueAt} />
              </Link>
            )}
          </li>
        ))}
      </ul>
      {rest > 0 ? (
        <Link className="inline-block pt-2" to="/schedules/calendar" search={{}}>
          {words.more(number(rest))}
        </Link>
      ) : null}
    </section>
  );
}

import { Link } from "@tanstack/react-router";
import { type Job, targetHostOf } from "@wsc-dashboard/wsc-core";
import { daysUntil } from "../../messages/formats.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { PlainText } from "../../ui/plain-text.tsx";
import { reminderDays } from "./report-days.tsx";

interface ReportRemindersProps {
  readonly jobs: readonly Job[];
  readonly now: number;
}

const mostNamed = 5;

/** Names the reports of the page that close within a month, the next to close first, while there is still time to save them. */
export function ReportReminders({ jobs, now }: ReportRemindersProps) {
  const { jobs: words } = useMessages();
  const formats = useFormats();
  const closing = jobs
    .flatMap((job) =>
      job.reportExpiresAt !== null && job.capabilities.report
        ? [{ job, days: daysUntil(job.reportExpiresAt, now) }]
        : [],
    )
    .filter(({ days }) => days >= 0 && days <= reminderDays.soon)
    .sort((a, b) => a.days - b.days);
  const urgent = closing.filter(({ days }) => days <= reminderDays.urgent).length;
  if (closing.length === 0) return null;
  return (
    <section className={`note ${urgent > 0 ? "note-high" : "note-medium"} no-print`} aria-labelledby="reminders">
      <h2 id="reminders" className="strong">
        {words.remindersTitle(closing.length, formats.number(closing.length))}
        {urgent > 0 ? ` ${words.remindersUrgent(urgent, formats.number(urgent))}` : null}
      </h2>
      <ul className="plain-list reminder-list">
        {closing.slice(0, mostNamed).map(({ job, days }) => (
          <li key={job.instanceNo}>
            <Link to="/jobs/$instanceNo/report" params={{ instanceNo: job.instanceNo }}>
              <PlainText text={targetHostOf(job.startUrl)} />
            </Link>{" "}
            {days === 0 ? words.lessThanADay : words.daysLeft(days, formats.number(days))}
          </li>
        ))}
        {closing.length > mostNamed ? <li>{words.andMore(formats.number(closing.length - mostNamed))}</li> : null}
      </ul>
    </section>
  );
}

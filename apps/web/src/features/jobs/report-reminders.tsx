import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type Job, reportReminder, targetHostOf } from "@wsc-dashboard/wsc-core";
import { closingReportsQuery } from "../../api/report-query.ts";
import { daysUntil } from "../../messages/formats.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { PlainText } from "../../ui/plain-text.tsx";

interface ReportRemindersProps {
  /** The jobs of the page, which are newer than what is known of all of them. */
  readonly jobs: readonly Job[];
  readonly now: number;
}

const maxNamed = 5;

/** Names the reports that close within a month, the next to close first, while there is still time to save them. */
export function ReportReminders({ jobs, now }: ReportRemindersProps) {
  const { jobs: words, shell } = useMessages();
  const formats = useFormats();
  const { data } = useQuery(closingReportsQuery);
  const onPage = jobs.flatMap(({ instanceNo, startUrl, reportExpiresAt, capabilities }) =>
    reportExpiresAt !== null && capabilities.report ? [{ instanceNo, startUrl, expiresAt: reportExpiresAt }] : [],
  );
  const all = new Map([...(data?.reports ?? []), ...onPage].map((report) => [report.instanceNo, report]));
  const closing = [...all.values()]
    .map((report) => ({ ...report, reminder: reportReminder(new Date(report.expiresAt), new Date(now)) }))
    .filter(({ reminder }) => reminder !== null)
    .sort((a, b) => Date.parse(a.expiresAt) - Date.parse(b.expiresAt));
  const urgent = closing.filter(({ reminder }) => reminder === "week").length;
  if (closing.length === 0) return null;
  return (
    <section className={`note ${urgent > 0 ? "note-high" : "note-medium"} no-print`} aria-labelledby="reminders">
      <h2 id="reminders" className="strong">
        {words.remindersTitle(closing.length, formats.number(closing.length))}
        {urgent > 0 ? shell.sentenceGap + words.remindersUrgent(urgent, formats.number(urgent)) : null}
      </h2>
      <ul className="plain-list reminder-list">
        {closing.slice(0, maxNamed).map(({ instanceNo, startUrl, expiresAt }) => {
          const days = daysUntil(expiresAt, now);
          return (
            <li key={instanceNo}>
              <Link to="/jobs/$instanceNo/report" params={{ instanceNo }}>
                <PlainText text={targetHostOf(startUrl)} />
              </Link>{" "}
              {days === 0 ? words.lessThanADay : words.daysLeft(days, formats.number(days))}
            </li>
          );
        })}
        {closing.length > maxNamed ? <li>{words.andMore(formats.number(closing.length - maxNamed))}</li> : null}
      </ul>
      {data?.complete === false ? <p className="hint">{words.remindersIncomplete}</p> : null}
    </section>
  );
}

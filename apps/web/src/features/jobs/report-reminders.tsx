import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type Job, reportReminder, targetHostOf } from "@wsc-dashboard/wsc-core";
import { closingReportsQuery } from "../../api/report-query.ts";
import { daysUntil } from "../../messages/formats.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import type { Notice } from "../../ui/notice-line.tsx";
import { PlainText } from "../../ui/plain-text.tsx";

const maxNamed = 5;

interface ClosingReport {
  readonly instanceNo: string;
  readonly startUrl: string;
  readonly expiresAt: string;
}

/** Reports that expire within a month, while they can still be saved. `jobs` are newer than the query's and take precedence. */
export function useReportReminders(jobs: readonly Job[], now: number): readonly Notice[] {
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
  if (closing.length === 0) return [];
  return [
    {
      key: "reports",
      tone: urgent > 0 ? "high" : "medium",
      title: [
        words.remindersTitle(closing.length, formats.number(closing.length)),
        ...(urgent > 0 ? [words.remindersUrgent(urgent, formats.number(urgent))] : []),
      ].join(shell.sentenceGap),
      body: <ClosingReports reports={closing} now={now} isComplete={data?.complete !== false} />,
    },
  ];
}

interface ClosingReportsProps {
  readonly reports: readonly ClosingReport[];
  readonly now: number;
  /** Whether every job could be checked. */
  readonly isComplete: boolean;
}

/** The next to expire first. */
function ClosingReports({ reports, now, isComplete }: ClosingReportsProps) {
  const { jobs: words } = useMessages();
  const formats = useFormats();
  return (
    <>
      <ul className="flex flex-wrap gap-x-5 gap-y-0.5">
        {reports.slice(0, maxNamed).map(({ instanceNo, startUrl, expiresAt }) => {
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
        {reports.length > maxNamed ? <li>{words.andMore(formats.number(reports.length - maxNamed))}</li> : null}
      </ul>
      {isComplete ? null : <p className="max-w-168 text-text-2">{words.remindersIncomplete}</p>}
    </>
  );
}

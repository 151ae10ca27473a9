import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type Schedule, targetHostOf } from "@wsc-dashboard/wsc-core";
import { useState } from "react";
import { schedulesQuery } from "../../api/schedule-queries.ts";
import { useMay, useSession } from "../../api/session-query.ts";
import { TargetText } from "../../domain-ui/target-text.tsx";
import { describeError } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useCalendarWords } from "../../messages/use-calendar-words.ts";
import { Actions } from "../../ui/actions.tsx";
import { buttonClass } from "../../ui/button.tsx";
import { ButtonPaging } from "../../ui/button-paging.tsx";
import { Counter } from "../../ui/counter.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { useDelayed, useDocumentTitle } from "../../ui/hooks.ts";
import { PageHead } from "../../ui/page-head.tsx";
import { PlainText } from "../../ui/plain-text.tsx";
import { LastRun } from "./last-run.tsx";
import { NextRuns } from "./next-runs.tsx";
import { ScheduleActions, useMayChange } from "./schedule-actions.tsx";
import { ScheduleState } from "./schedule-state.tsx";
import { ruleText } from "./schedule-text.ts";

const shownRuns = 3;

export function ScheduleListPage() {
  const messages = useMessages();
  const { schedules: words, shell, jobs } = messages;
  const { number } = useFormats();
  const calendar = useCalendarWords();
  const mayCreate = useMay("schedules.create");
  const [wantedPage, setPage] = useState(1);
  const query = useQuery(schedulesQuery(useSession().listPollMs, wantedPage));
  const isLate = useDelayed(query.isPending, 200);
  useDocumentTitle(words.title, shell.product);
  const { data } = query;
  // The last page has disappeared while it was shown.
  if (data && wantedPage > data.pageCount && data.page === wantedPage) setPage(data.pageCount);
  const create = mayCreate ? (
    <Link className={buttonClass("primary")} to="/schedules/new">
      {words.newTitle}
    </Link>
  ) : null;
  return (
    <>
      <PageHead>
        <h1 className="text-h1">
          {words.title} {data ? <Counter>{jobs.count(number(data.total))}</Counter> : null}
        </h1>
        <Actions>
          <Link className={buttonClass()} to="/schedules/calendar">
            {calendar.open}
          </Link>
          {create}
        </Actions>
      </PageHead>
      {data ? (
        data.schedules.length > 0 ? (
          <>
            <ul aria-label={words.listLabel}>
              {data.schedules.map((schedule) => (
                <ScheduleBlock key={schedule.id} schedule={schedule} />
              ))}
            </ul>
            <ButtonPaging page={data.page} pageCount={data.pageCount} label={words.listLabel} onPage={setPage} />
          </>
        ) : (
          <EmptyState title={words.emptyTitle} actions={create}>
            <p>{mayCreate ? words.emptyText : words.emptyTextReader}</p>
          </EmptyState>
        )
      ) : query.isError ? (
        <ErrorNotice
          heading={words.failedTitle}
          description={describeError(messages, query.error)}
          onRetry={() => void query.refetch()}
          isAlert
        />
      ) : isLate ? (
        <p className="text-text-3">{shell.loading}</p>
      ) : null}
    </>
  );
}

function ScheduleBlock({ schedule }: { readonly schedule: Schedule }) {
  const messages = useMessages();
  const { schedules: words } = messages;
  const formats = useFormats();
  const mayChange = useMayChange(schedule);
  const { id, startUrl, memo, rule, next, owner } = schedule;
  const host = targetHostOf(startUrl);
  return (
    <li className="grid gap-x-8 gap-y-3 border-b border-hairline py-4 xl:grid-cols-[minmax(0,20rem)_minmax(0,1fr)_max-content]">
      <div className="grid min-w-0 content-start gap-0.5">
        <Link
          className="group/row inline-block py-0.5 text-text no-underline"
          to="/schedules/$id"
          params={{ id }}
          data-row=""
        >
          <TargetText url={startUrl} />
        </Link>
        <p className="font-bold">{ruleText(messages, formats, rule)}</p>
        {memo === "" ? null : (
          <p className="text-text-3">
            <PlainText text={memo} />
          </p>
        )}
        <ScheduleState schedule={schedule} />
      </div>
      <dl className="grid min-w-0 content-start gap-x-8 gap-y-2 md:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] [&_dt]:text-text-3 md:[&>:first-child]:row-span-2">
        <div>
          <dt>{words.nextRuns}</dt>
          <dd>
            {next.length === 0 ? (
              <span className="text-text-3">{words.noNextRuns}</span>
            ) : (
              <NextRuns runs={next.slice(0, shownRuns)} zone={rule.zone} label={words.nextRuns} />
            )}
          </dd>
        </div>
        <div>
          <dt>{words.lastRun}</dt>
          <dd>
            <LastRun schedule={schedule} />
          </dd>
        </div>
        <div>
          <dt>{words.owner}</dt>
          <dd>
            <PlainText text={owner} />
          </dd>
        </div>
      </dl>
      <Actions isTop className="content-start xl:justify-end">
        {mayChange ? (
          <Link
            className={buttonClass()}
            to="/schedules/$id"
            params={{ id }}
            search={{ edit: "1" }}
            aria-label={words.editOf(host)}
          >
            {words.edit}
          </Link>
        ) : (
          <Link className={buttonClass("quiet")} to="/schedules/$id" params={{ id }} aria-label={words.detailsOf(host)}>
            {words.details}
          </Link>
        )}
        <ScheduleActions schedule={schedule} />
      </Actions>
    </li>
  );
}

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type Schedule, targetHostOf } from "@wsc-dashboard/wsc-core";
import { useState } from "react";
import { schedulesQuery } from "../../api/schedule-queries.ts";
import { useMay, useSession } from "../../api/session-query.ts";
import { TargetText } from "../../domain-ui/target-text.tsx";
import { describeError } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { buttonClass } from "../../ui/button.tsx";
import { ButtonPaging } from "../../ui/button-paging.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { useDelayed, useDocumentTitle } from "../../ui/hooks.ts";
import { PageState } from "../../ui/page-state.tsx";
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
      <div className="page-head">
        <h1 className="h1">
          {words.title} {data ? <span className="counter">{jobs.count(number(data.total))}</span> : null}
        </h1>
        <div className="actions">{create}</div>
      </div>
      <hr className="thick-rule" />
      {data ? (
        data.schedules.length > 0 ? (
          <>
            <ul className="schedule-list" aria-label={words.listLabel}>
              {data.schedules.map((schedule) => (
                <ScheduleBlock key={schedule.id} schedule={schedule} />
              ))}
            </ul>
            <ButtonPaging page={data.page} pageCount={data.pageCount} label={words.listLabel} onPage={setPage} />
          </>
        ) : (
          <PageState title={words.emptyTitle} actions={create}>
            <p>{mayCreate ? words.emptyText : words.emptyTextReader}</p>
          </PageState>
        )
      ) : query.isError ? (
        <ErrorNotice
          heading={words.failedTitle}
          description={describeError(messages, query.error)}
          onRetry={() => void query.refetch()}
          isAlert
        />
      ) : isLate ? (
        <p className="muted">{shell.loading}</p>
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
    <li className="schedule-block">
      <div className="schedule-what">
        <Link className="row-link" to="/schedules/$id" params={{ id }} data-row="">
          <TargetText url={startUrl} />
        </Link>
        <p className="strong">{ruleText(messages, formats, rule)}</p>
        {memo === "" ? null : (
          <p className="memo-under">
            <PlainText text={memo} />
          </p>
        )}
        <ScheduleState schedule={schedule} />
      </div>
      <dl className="schedule-facts">
        <div>
          <dt>{words.nextRuns}</dt>
          <dd>
            {next.length === 0 ? (
              <span className="muted">{words.noNextRuns}</span>
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
      <div className="actions schedule-end">
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
      </div>
    </li>
  );
}

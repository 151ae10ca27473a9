import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { type Schedule, targetHostOf, WscError } from "@wsc-dashboard/wsc-core";
import { useState } from "react";
import { scheduleQuery } from "../../api/schedule-queries.ts";
import { useMay, useSession } from "../../api/session-query.ts";
import { describeError } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Actions } from "../../ui/actions.tsx";
import { buttonClass } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { useDelayed, useDocumentTitle } from "../../ui/hooks.ts";
import { Kicker, PageHead } from "../../ui/page-head.tsx";
import { withVisibleControls } from "../../ui/plain-text.tsx";
import { NextRuns } from "./next-runs.tsx";
import { ScheduleActions, useMayChange } from "./schedule-actions.tsx";
import { ScheduleForm } from "./schedule-form.tsx";
import { ScheduleRuns } from "./schedule-runs.tsx";
import { ScheduleSettings } from "./schedule-settings.tsx";
import { ScheduleState } from "./schedule-state.tsx";
import { ruleText } from "./schedule-text.ts";
import { scheduleValues } from "./schedule-values.ts";

const route = getRouteApi("/schedules/$id");

export function SchedulePage() {
  const messages = useMessages();
  const { schedules: words, shell } = messages;
  const { id } = route.useParams();
  const query = useQuery(scheduleQuery(id, useSession().listPollMs));
  const isLate = useDelayed(query.isPending, 200);
  const host = query.data ? withVisibleControls(targetHostOf(query.data.schedule.startUrl)) : words.one;
  useDocumentTitle(host, words.title, shell.product);
  if (query.data) return <ScheduleDetail key={id} schedule={query.data.schedule} />;
  if (query.isError) {
    const isMissing = query.error instanceof WscError && query.error.code === "SCHEDULE_NOT_FOUND";
    return (
      <ErrorNotice
        heading={words.oneFailedTitle}
        headingLevel={1}
        description={describeError(messages, query.error)}
        onRetry={isMissing ? undefined : () => void query.refetch()}
        actions={
          <Link className={buttonClass()} to="/schedules">
            {words.toList}
          </Link>
        }
      />
    );
  }
  return (
    <>
      <h1 className="text-h1">{words.one}</h1>
      {isLate ? <p className="text-text-3">{shell.loading}</p> : null}
    </>
  );
}

function ScheduleDetail({ schedule }: { readonly schedule: Schedule }) {
  const messages = useMessages();
  const { schedules: words } = messages;
  const formats = useFormats();
  const navigate = route.useNavigate();
  const mayRead = useMay("schedules.update");
  const mayChange = useMayChange(schedule);
  const isEditing = route.useSearch().edit !== undefined && mayChange;
  const { id, next, rule, startUrl } = schedule;
  return (
    <>
      <Kicker>
        <Link to="/schedules">{words.title}</Link>
      </Kicker>
      <PageHead>
        <div className="min-w-0 flex-[1_1_20rem]">
          <h1 className="text-h1" translate="no">
            {withVisibleControls(targetHostOf(startUrl))}
          </h1>
          <p className="font-bold">{ruleText(messages, formats, rule)}</p>
        </div>
        {isEditing ? null : (
          <Actions>
            {mayChange ? (
              <Link className={buttonClass("primary")} to="/schedules/$id" params={{ id }} search={{ edit: "1" }}>
                {words.edit}
              </Link>
            ) : null}
            <ScheduleActions schedule={schedule} onRemoved={() => void navigate({ to: "/schedules", replace: true })} />
          </Actions>
        )}
      </PageHead>
      {isEditing ? (
        <ScheduleEditor schedule={schedule} />
      ) : (
        <>
          <div className="pt-4">
            <ScheduleState schedule={schedule} />
            {mayRead && !mayChange ? <p className="max-w-168 text-text-2">{words.readerNote}</p> : null}
          </div>
          <div className="grid gap-x-12 lg:grid-cols-2">
            {next.length === 0 ? null : (
              <section aria-labelledby="next-title">
                <h2 id="next-title" className="text-h2 mt-9 mb-2">
                  {words.nextRuns}
                </h2>
                <NextRuns runs={next} zone={rule.zone} label={words.nextRuns} />
              </section>
            )}
            <section aria-labelledby="settings-title">
              <h2 id="settings-title" className="text-h2 mt-9 mb-2">
                {words.settings}
              </h2>
              <ScheduleSettings schedule={schedule} />
            </section>
          </div>
          <ScheduleRuns schedule={schedule} />
        </>
      )}
    </>
  );
}

function ScheduleEditor({ schedule }: { readonly schedule: Schedule }) {
  const { create } = useMessages();
  const session = useSession();
  // The state when the form opened: later updates must not affect what is being typed.
  const [opened] = useState({ schedule, values: scheduleValues(session, schedule) });
  return (
    <ScheduleForm
      schedule={opened.schedule}
      values={opened.values}
      actions={
        <Link className={buttonClass()} to="/schedules/$id" params={{ id: schedule.id }}>
          {create.back}
        </Link>
      }
    />
  );
}

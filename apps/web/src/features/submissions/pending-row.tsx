import { Link } from "@tanstack/react-router";
import { isSettled, type Submission, targetHostOf } from "@wsc-dashboard/wsc-core";
import { X } from "lucide-react";
import { useMay } from "../../api/session-query.ts";
import { TargetText } from "../../domain-ui/target-text.tsx";
import { errorTextOf } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { iconButtonClass } from "../../ui/button.tsx";
import { PlainText } from "../../ui/plain-text.tsx";
import { SubmissionActions, type SubmissionDialogRequest } from "./submission-actions.tsx";
import { isReserved, standingText } from "./submission-text.ts";

interface PendingRowProps {
  readonly submission: Submission;
  readonly now: number;
  readonly onAsk: (asked: SubmissionDialogRequest) => void;
  readonly onDismiss: () => void;
}

export function PendingRow({ submission, now, onAsk, onDismiss }: PendingRowProps) {
  const messages = useMessages();
  const { jobs, submissions: words } = messages;
  const formats = useFormats();
  const mayOpen = useMay("jobs.create");
  const { id, state, startUrl, memo, createdBy, scheduleId, reason, attempts } = submission;
  const settled = isSettled(state);
  const needsPerson = settled || state === "NEEDS_REVIEW";
  const isWaitingAgain = state === "RETRY_WAIT" || state === "HELD";
  return (
    <li className="grid gap-x-4 gap-y-1 border-t border-hairline py-2 first:border-t-0 md:grid-cols-[minmax(0,3fr)_minmax(0,5fr)_6.5rem]">
      <div className="grid min-w-0 content-start">
        {mayOpen ? (
          <Link
            className="group/row inline-block py-0.5 text-text no-underline"
            to="/jobs/new"
            search={{ submission: id }}
          >
            <TargetText url={startUrl} />
          </Link>
        ) : (
          <TargetText url={startUrl} />
        )}
        {memo === "" ? null : (
          <span className="text-text-3 line-clamp-1 break-all">
            <PlainText text={memo} />
          </span>
        )}
      </div>
      <div className="min-w-0">
        <p className={needsPerson ? "font-bold text-high-text" : undefined}>
          {standingText(messages, formats, submission, now)}
        </p>
        {settled && reason !== undefined ? (
          <p className="text-text-3">{errorTextOf(messages, reason.code).next}</p>
        ) : null}
        <p className="text-text-3">
          {scheduleId === undefined ? null : (
            <>
              <Link to="/schedules/$id" params={{ id: scheduleId }}>
                {words.ofSchedule}
              </Link>
              {" · "}
            </>
          )}
          {words.by(createdBy)}
          {isReserved(submission, now) ? null : ` · ${words.dueAt(formats.zoned(submission.dueAt))}`}
          {isWaitingAgain && attempts.length > 0
            ? ` · ${words.sent(attempts.length, formats.number(attempts.length))}`
            : null}
        </p>
      </div>
      <div className="flex items-start gap-2 md:justify-end">
        <SubmissionActions submission={submission} onAsk={onAsk} />
        {settled ? (
          <button
            type="button"
            className={iconButtonClass}
            aria-label={jobs.pendingDismiss(targetHostOf(startUrl))}
            onClick={onDismiss}
          >
            <X size={16} strokeWidth={1.75} aria-hidden="true" />
          </button>
        ) : null}
      </div>
    </li>
  );
}

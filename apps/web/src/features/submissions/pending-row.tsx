import { Link } from "@tanstack/react-router";
import { isSettled, type Submission, targetHostOf } from "@wsc-dashboard/wsc-core";
import { X } from "lucide-react";
import { useMay } from "../../api/session-query.ts";
import { TargetText } from "../../domain-ui/target-text.tsx";
import { errorTextOf } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
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
    <li className="pending-row">
      <div className="pending-target">
        {mayOpen ? (
          <Link className="row-link" to="/jobs/new" search={{ submission: id }}>
            <TargetText url={startUrl} />
          </Link>
        ) : (
          <TargetText url={startUrl} />
        )}
        {memo === "" ? null : (
          <span className="memo-under one-line">
            <PlainText text={memo} />
          </span>
        )}
      </div>
      <div className="pending-standing">
        <p className={needsPerson ? "tone-high" : undefined}>{standingText(messages, formats, submission, now)}</p>
        {settled && reason !== undefined ? <p className="muted">{errorTextOf(messages, reason.code).next}</p> : null}
        <p className="muted">
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
      <div className="pending-end">
        <SubmissionActions submission={submission} onAsk={onAsk} />
        {settled ? (
          <button
            type="button"
            className="icon-button"
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

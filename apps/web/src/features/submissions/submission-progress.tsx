import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { isSettled, type Submission, type SubmissionState } from "@wsc-dashboard/wsc-core";
import { useEffect, useState } from "react";
import { submissionQuery } from "../../api/submission-queries.ts";
import { TargetText } from "../../domain-ui/target-text.tsx";
import type { Messages } from "../../messages/en.ts";
import { describeError, describeErrorCode } from "../../messages/error-text.ts";
import type { Formats } from "../../messages/formats.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Actions } from "../../ui/actions.tsx";
import { useAnnounce } from "../../ui/announcer.tsx";
import { Button, buttonClass } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { useNow } from "../../ui/hooks.ts";
import { SubmissionActions, SubmissionDialog, type SubmissionDialogRequest } from "./submission-actions.tsx";
import { dueText, isQueued, isReserved } from "./submission-text.ts";

interface SubmissionProgressProps {
  readonly id: string;
  /** The label of the button that leads back to the form. */
  readonly backLabel: (reason: Submission["reason"]) => string;
  /** Goes back to the form, to correct the reason of the failure. */
  readonly onBack: (reason: Submission["reason"]) => void;
}

/** The outcome of a sent form. "Not created" is shown only when it is certain. */
export function SubmissionProgress({ id, backLabel, onBack }: SubmissionProgressProps) {
  const messages = useMessages();
  const formats = useFormats();
  const query = useQuery(submissionQuery(id));
  const navigate = useNavigate();
  const announce = useAnnounce();
  const submission = query.data?.submission;
  const title = submission ? titleOf(messages, formats, submission, Date.now()) : null;
  useEffect(() => {
    if (title) announce(title);
  }, [title, announce]);
  const created = submission?.state === "BOUND" ? submission.instanceNo : undefined;
  useEffect(() => {
    if (created !== undefined) {
      void navigate({ to: "/jobs/$instanceNo", params: { instanceNo: created }, replace: true });
    }
  }, [created, navigate]);
  if (submission) return <Outcome submission={submission} backLabel={backLabel} onBack={onBack} />;
  if (query.isError) {
    return (
      <ErrorNotice
        description={describeError(messages, query.error)}
        onRetry={() => void query.refetch()}
        actions={
          <Link className={buttonClass()} to="/jobs">
            {messages.create.toList}
          </Link>
        }
      />
    );
  }
  return <p className="text-text-3">{messages.shell.loading}</p>;
}

function titleOf({ create }: Messages, formats: Formats, submission: Submission, now: number): string {
  switch (submission.state) {
    case "SCHEDULED":
      if (isReserved(submission, now)) return create.reservedTitle(dueText(formats, submission));
      return isQueued(submission, now) ? create.queuedTitle : create.sendingTitle;
    case "HELD":
      return create.heldTitle;
    case "CLAIMED":
    case "DISPATCHING":
      return create.sendingTitle;
    case "ACCEPTED":
      return create.acceptedTitle;
    case "BOUND":
      return create.boundTitle;
    case "IN_DOUBT":
      return create.doubtTitle;
    case "RETRY_WAIT":
      return create.retryWaitTitle;
    case "NEEDS_REVIEW":
      return create.reviewTitle;
    case "FAILED":
      return create.failedTitle;
    case "MISSED":
    case "CANCELLED":
      return create.notSentTitle;
  }
}

interface OutcomeProps extends Omit<SubmissionProgressProps, "id"> {
  readonly submission: Submission;
}

function Outcome({ submission, backLabel, onBack }: OutcomeProps) {
  const messages = useMessages();
  const { create } = messages;
  const { state, reason, instanceNo, startUrl } = submission;
  const formats = useFormats();
  const now = useNow(1000);
  const [asked, setAsked] = useState<SubmissionDialogRequest | null>(null);
  const hasFailed = state === "FAILED";
  const notes: Partial<Record<SubmissionState, string>> = {
    IN_DOUBT: create.doubtText,
    NEEDS_REVIEW: create.reviewText,
    CLAIMED: create.sendingText,
    DISPATCHING: create.sendingText,
    SCHEDULED: isReserved(submission, now)
      ? create.reservedNote
      : isQueued(submission, now)
        ? create.queuedText
        : create.sendingText,
    ACCEPTED: create.sendingText,
  };
  return (
    <section className="max-w-168 space-y-2 py-6">
      <p>
        <TargetText url={startUrl} />
      </p>
      <h2 className="text-h2">{titleOf(messages, formats, submission, now)}</h2>
      {notes[state] ? <p>{notes[state]}</p> : null}
      {reason && (isSettled(state) || state === "RETRY_WAIT") ? (
        <ErrorNotice
          description={describeErrorCode(messages, reason.code, reason.message ?? null)}
          isAlert={hasFailed}
        />
      ) : null}
      <Actions className="mt-5">
        {instanceNo === undefined ? null : (
          <Link className={buttonClass("primary")} to="/jobs/$instanceNo" params={{ instanceNo }}>
            {create.openJob}
          </Link>
        )}
        {hasFailed ? (
          <Button variant="primary" onClick={() => onBack(reason)}>
            {backLabel(reason)}
          </Button>
        ) : null}
        <SubmissionActions submission={submission} onAsk={setAsked} />
        <Link className={buttonClass()} to="/jobs">
          {create.toList}
        </Link>
      </Actions>
      <SubmissionDialog asked={asked} onClose={() => setAsked(null)} />
    </section>
  );
}

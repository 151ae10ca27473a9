import { useQueryClient } from "@tanstack/react-query";
import { type Submission, targetHostOf } from "@wsc-dashboard/wsc-core";
import { useEffect, useRef } from "react";
import { useKeyedMutation } from "../../api/idempotency-key.ts";
import { refreshSubmissions, submissionCalls } from "../../api/submission-queries.ts";
import { describeError } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { PlainText } from "../../ui/plain-text.tsx";
import { useToast } from "../../ui/toaster.tsx";
import { dueText } from "./submission-text.ts";

interface CancelSubmissionProps {
  readonly submission: Submission;
  readonly onClose: () => void;
}

/** Asks before a reserved or waiting submission is cancelled. It may be sent meanwhile; then the server refuses. */
export function CancelSubmission({ submission, onClose }: CancelSubmissionProps) {
  const messages = useMessages();
  const { submissions: words, jobs, shell } = messages;
  const formats = useFormats();
  const client = useQueryClient();
  const toast = useToast();
  const safe = useRef<HTMLButtonElement>(null);
  const { id, startUrl, memo } = submission;
  const cancel = useKeyedMutation({
    act: () => submissionCalls.cancel({ params: { id }, body: {} }),
    onSuccess: () => {
      toast(words.cancelled(targetHostOf(startUrl)));
      onClose();
    },
    onSettled: () => void refreshSubmissions(client),
  });
  useEffect(() => safe.current?.focus(), []);
  return (
    <Dialog
      title={words.confirmCancelTitle}
      onClose={onClose}
      closable={!cancel.isPending}
      footer={
        <>
          <Button buttonRef={safe} inert={cancel.isPending} onClick={onClose}>
            {cancel.isError ? shell.close : words.keep}
          </Button>
          <Button variant="danger" inert={cancel.isPending} onClick={() => cancel.mutate()}>
            {cancel.isPending ? words.cancelling : words.confirmCancel}
          </Button>
        </>
      }
    >
      <p>
        <PlainText text={startUrl} className="font-bold" />
      </p>
      {memo === "" ? null : (
        <p>
          {jobs.memo}: <PlainText text={memo} />
        </p>
      )}
      <p className="tabular-nums">{words.dueAt(dueText(formats, submission))}</p>
      <p>{words.confirmCancelText}</p>
      {cancel.isError ? <ErrorNotice description={describeError(messages, cancel.error)} isAlert /> : null}
    </Dialog>
  );
}

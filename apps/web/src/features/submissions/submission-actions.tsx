import { type Submission, targetHostOf } from "@wsc-dashboard/wsc-core";
import { useMay } from "../../api/session-query.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { Button } from "../../ui/button.tsx";
import { lazyDialog } from "../../ui/lazy-dialog.tsx";
import { isCancellable } from "./submission-text.ts";

const CancelSubmission = lazyDialog(async () => (await import("./cancel-submission.tsx")).CancelSubmission);
const ResolveSubmission = lazyDialog(async () => (await import("./resolve-submission.tsx")).ResolveSubmission);

export interface SubmissionDialogRequest {
  readonly submission: Submission;
  readonly kind: "cancel" | "resolve";
}

interface SubmissionActionsProps {
  readonly submission: Submission;
  readonly onAsk: (asked: SubmissionDialogRequest) => void;
}

/** The one action that the owner or an administrator has for a submission in its current state; often none. */
export function SubmissionActions({ submission, onAsk }: SubmissionActionsProps) {
  const { submissions: words } = useMessages();
  const mayCancel = useMay("submissions.cancel");
  const mayResolve = useMay("submissions.resolve");
  const host = targetHostOf(submission.startUrl);
  const isOwn = submission.isOwn !== false;
  return (
    <>
      {isOwn && mayCancel && isCancellable(submission) ? (
        <Button aria-label={words.cancelOf(host)} onClick={() => onAsk({ submission, kind: "cancel" })}>
          {words.cancel}
        </Button>
      ) : null}
      {isOwn && mayResolve && submission.state === "NEEDS_REVIEW" ? (
        <Button aria-label={words.decideOf(host)} onClick={() => onAsk({ submission, kind: "resolve" })}>
          {words.decide}
        </Button>
      ) : null}
    </>
  );
}

interface SubmissionDialogProps {
  readonly asked: SubmissionDialogRequest | null;
  readonly onClose: () => void;
}

/** Outside the row, so that it stays when the submission changes state; the server's response explains then. */
export function SubmissionDialog({ asked, onClose }: SubmissionDialogProps) {
  if (asked === null) return null;
  const Question = asked.kind === "cancel" ? CancelSubmission : ResolveSubmission;
  return <Question submission={asked.submission} onClose={onClose} />;
}

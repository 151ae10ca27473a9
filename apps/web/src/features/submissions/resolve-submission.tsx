import { useQueryClient } from "@tanstack/react-query";
import { instanceNoSchema, type Submission, targetHostOf, WscError } from "@wsc-dashboard/wsc-core";
import { useEffect, useRef, useState } from "react";
import { bff } from "../../api/bff-client.ts";
import { useKeyedMutation } from "../../api/idempotency-key.ts";
import { refreshJobs } from "../../api/job-queries.ts";
import { refreshSubmissions } from "../../api/submission-queries.ts";
import { ChoiceGroup } from "../../forms/choice-group.tsx";
import { Field } from "../../forms/field.tsx";
import { describeError, errorTextOf, fieldTextOf } from "../../messages/error-text.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { PlainText } from "../../ui/plain-text.tsx";
import { useToast } from "../../ui/toaster.tsx";

const choices = ["exists", "resend", "drop"] as const;
type Choice = (typeof choices)[number];

interface ResolveSubmissionProps {
  readonly submission: Submission;
  readonly onClose: () => void;
}

/** What nobody could find out, a person decides: the job exists, it is to be sent again, or it is let go. */
export function ResolveSubmission({ submission, onClose }: ResolveSubmissionProps) {
  const messages = useMessages();
  const { submissions: words } = messages;
  const client = useQueryClient();
  const toast = useToast();
  const safe = useRef<HTMLButtonElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [choice, setChoice] = useState<Choice>("exists");
  const [number, setNumber] = useState("");
  const [fieldError, setFieldError] = useState<string | null>(null);
  const { id, startUrl, reason } = submission;
  const host = targetHostOf(startUrl);
  const resolve = useKeyedMutation({
    act: (body: Parameters<typeof bff.submissions.resolve>[0]["body"], idempotencyKey) =>
      bff.submissions.resolve({ params: { id }, body }, { idempotencyKey }),
    onSuccess: () => {
      toast({ exists: words.existsDone, resend: words.resendDone, drop: words.dropDone }[choice](host));
      onClose();
    },
    onSettled: () => {
      void refreshSubmissions(client);
      void refreshJobs(client);
    },
  });
  useEffect(() => safe.current?.focus(), []);
  const refusal = resolve.error instanceof WscError ? resolve.error.details.errors?.[0] : undefined;
  const serverError = refusal?.pointer === "/instanceNo" ? fieldTextOf(messages, refusal.code) : null;
  const shownError = fieldError ?? serverError;
  const send = (): void => {
    if (choice !== "exists") {
      resolve.mutate({ choice });
      return;
    }
    const instanceNo = number.trim();
    if (instanceNoSchema.safeParse(instanceNo).success) resolve.mutate({ choice, instanceNo });
    else {
      setFieldError(words.numberInvalid);
      field.current?.focus();
    }
  };
  const act = { exists: words.confirmExists, resend: words.confirmResend, drop: words.confirmDrop }[choice];
  return (
    <Dialog
      title={words.resolveTitle}
      onClose={onClose}
      closable={!resolve.isPending}
      footer={
        <>
          <Button buttonRef={safe} inert={resolve.isPending} onClick={onClose}>
            {words.decideLater}
          </Button>
          <Button variant={choice === "exists" ? "primary" : "danger"} inert={resolve.isPending} onClick={send}>
            {resolve.isPending ? words.deciding : act}
          </Button>
        </>
      }
    >
      <p>
        <PlainText text={startUrl} className="strong" />
      </p>
      <p>{reason?.code === "SIGN_IN_UNREADABLE" ? words.signInLost : words.resolveText}</p>
      {reason?.code === "SUBMISSION_DOUBLED" ? <p>{errorTextOf(messages, reason.code).title}</p> : null}
      <ChoiceGroup
        legend={words.decision}
        anchor="resolve-choice"
        value={choice}
        onChange={(next) => {
          setChoice(next);
          resolve.reset();
        }}
        choices={choices.map((value) => ({
          value,
          name: words[value],
          hint: { exists: words.existsHint, resend: words.resendHint, drop: words.dropHint }[value],
        }))}
      />
      {choice === "exists" ? (
        <Field label={words.number} anchor="resolve-number" errors={shownError === null ? [] : [shownError]} isRequired>
          {(props) => (
            <input
              {...props}
              ref={field}
              className="input mono"
              inputMode="numeric"
              autoComplete="off"
              spellCheck={false}
              translate="no"
              value={number}
              onChange={({ target }) => {
                setNumber(target.value);
                setFieldError(null);
                if (resolve.isError) resolve.reset();
              }}
              onKeyDown={(event) => {
                if (event.key === "Enter" && !event.nativeEvent.isComposing && event.keyCode !== 229) send();
              }}
            />
          )}
        </Field>
      ) : null}
      {resolve.isError && serverError === null ? (
        <ErrorNotice description={describeError(messages, resolve.error)} isAlert />
      ) : null}
    </Dialog>
  );
}

import { useQueryClient } from "@tanstack/react-query";
import { instanceNoSchema, type Submission, targetHostOf, WscError } from "@wsc-dashboard/wsc-core";
import { type RefObject, useEffect, useRef, useState } from "react";
import { useKeyedMutation } from "../../api/idempotency-key.ts";
import { refreshJobs } from "../../api/job-queries.ts";
import { refreshSubmissions, submissionCalls } from "../../api/submission-queries.ts";
import { ChoiceGroup } from "../../forms/choice-group.tsx";
import { Field } from "../../forms/field.tsx";
import { describeError, errorTextOf, fieldTextOf } from "../../messages/error-text.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { Button } from "../../ui/button.tsx";
import { Input } from "../../ui/control.tsx";
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

/** A person resolves a submission in doubt: the job exists, send again, or drop it. */
export function ResolveSubmission({ submission, onClose }: ResolveSubmissionProps) {
  const messages = useMessages();
  const { submissions: words } = messages;
  const safe = useRef<HTMLButtonElement>(null);
  const { choice, choose, number, typeNumber, numberField, numberError, resolve, send } = useResolution(
    submission,
    onClose,
  );
  useEffect(() => safe.current?.focus(), []);
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
      <SubmissionInQuestion submission={submission} />
      <ChoiceGroup
        legend={words.decision}
        anchor="resolve-choice"
        value={choice}
        onChange={choose}
        choices={choicesFor(submission).map((value) => ({
          value,
          name: words[value],
          hint: { exists: words.existsHint, resend: words.resendHint, drop: words.dropHint }[value],
        }))}
      />
      {choice === "exists" ? (
        <NumberField value={number} error={numberError} inputRef={numberField} onChange={typeNumber} onEnter={send} />
      ) : null}
      {resolve.isError && numberError === null ? (
        <ErrorNotice description={describeError(messages, resolve.error)} isAlert />
      ) : null}
    </Dialog>
  );
}

/** A run whose schedule was paused, changed or deleted since cannot be resent. */
const choicesFor = ({ isWithdrawn }: Submission): readonly Choice[] =>
  choices.filter((value) => value !== "resend" || isWithdrawn !== true);

/** The choice, the job number where one exists, and submitting both. */
function useResolution({ id, startUrl }: Submission, onClose: () => void) {
  const messages = useMessages();
  const { submissions: words } = messages;
  const client = useQueryClient();
  const toast = useToast();
  const numberField = useRef<HTMLInputElement>(null);
  const [choice, setChoice] = useState<Choice>("exists");
  const [number, setNumber] = useState("");
  const [ownError, setOwnError] = useState<string | null>(null);
  const resolve = useKeyedMutation({
    act: (body: Parameters<typeof submissionCalls.resolve>[0]["body"], idempotencyKey) =>
      submissionCalls.resolve({ params: { id }, body }, { idempotencyKey }),
    onSuccess: () => {
      const done = { exists: words.existsDone, resend: words.resendDone, drop: words.dropDone }[choice];
      toast(done(targetHostOf(startUrl)));
      onClose();
    },
    onSettled: () => {
      void refreshSubmissions(client);
      void refreshJobs(client);
    },
  });
  const refusal = resolve.error instanceof WscError ? resolve.error.details.errors?.[0] : undefined;
  const serverError = refusal?.pointer === "/instanceNo" ? fieldTextOf(messages, refusal.code) : null;
  return {
    choice,
    choose: (next: Choice): void => {
      setChoice(next);
      // Not while a call runs: its button would look ready.
      if (resolve.isError) resolve.reset();
    },
    number,
    typeNumber: (next: string): void => {
      setNumber(next);
      setOwnError(null);
      if (resolve.isError) resolve.reset();
    },
    numberField,
    numberError: ownError ?? serverError,
    resolve,
    send: (): void => {
      const instanceNo = number.trim();
      if (choice !== "exists") resolve.mutate({ choice });
      else if (instanceNoSchema.safeParse(instanceNo).success) resolve.mutate({ choice, instanceNo });
      else {
        setOwnError(words.numberInvalid);
        numberField.current?.focus();
      }
    },
  };
}

function SubmissionInQuestion({ submission: { startUrl, reason } }: { readonly submission: Submission }) {
  const messages = useMessages();
  const { submissions: words } = messages;
  return (
    <>
      <p>
        <PlainText text={startUrl} className="font-bold" />
      </p>
      <p>{reason?.code === "SIGN_IN_UNREADABLE" ? words.signInLost : words.resolveText}</p>
      {reason?.code === "SUBMISSION_DOUBLED" ? <p>{errorTextOf(messages, reason.code).title}</p> : null}
    </>
  );
}

interface NumberFieldProps {
  readonly value: string;
  readonly error: string | null;
  readonly inputRef: RefObject<HTMLInputElement | null>;
  readonly onChange: (value: string) => void;
  readonly onEnter: () => void;
}

/** The vendor's number of the existing job. */
function NumberField({ value, error, inputRef, onChange, onEnter }: NumberFieldProps) {
  const { submissions: words } = useMessages();
  return (
    <Field label={words.number} anchor="resolve-number" errors={error === null ? [] : [error]} isRequired>
      {(props) => (
        <Input
          {...props}
          ref={inputRef}
          inputMode="numeric"
          autoComplete="off"
          spellCheck={false}
          translate="no"
          value={value}
          onChange={({ target }) => onChange(target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.nativeEvent.isComposing && event.keyCode !== 229) onEnter();
          }}
          className="mono"
        />
      )}
    </Field>
  );
}

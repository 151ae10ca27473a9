import { type RescanLedger, targetHostOf } from "@wsc-dashboard/wsc-core";
import { type RefObject, useEffect, useRef, useState } from "react";
import { FormProvider } from "react-hook-form";
import { submitOnControlEnter } from "../../forms/submit-key.ts";
import { focusField } from "../../job-fields/focus-field.ts";
import { hasSecrets } from "../../job-fields/sign-in-entry.ts";
import { describeError } from "../../messages/error-text.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { LeaveDialog } from "../../ui/leave-dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PageHead } from "../../ui/page-head.tsx";
import { SubmissionNotices } from "../submissions/submission-notices.tsx";
import { AlreadySent } from "./already-sent.tsx";
import { DraftNotes } from "./draft-notes.tsx";
import { ErrorRemedies } from "./error-remedies.tsx";
import { PrefillNote } from "./prefill-note.tsx";
import { SentSubmission } from "./sent-submission.tsx";
import { StepList } from "./step-list.tsx";
import { StepPanels } from "./step-panels.tsx";
import { isTargetGood, stepState } from "./step-state.ts";
import { useJobWizard, useWizardActions, type WizardOrigin } from "./use-job-wizard.ts";
import { WizardErrors } from "./wizard-errors.tsx";
import { StartButton, WizardFooter } from "./wizard-footer.tsx";
import type { WizardStep } from "./wizard-search.ts";
import { WizardSummary } from "./wizard-summary.tsx";

interface JobWizardProps extends WizardOrigin {
  readonly ledger: RescanLedger | null;
  readonly isFromMissing: boolean;
  readonly onStartOver: () => void;
}

/** The new-job wizard: its steps, and the outcome once it was sent. */
export function JobWizard(props: JobWizardProps) {
  const { onStartOver } = props;
  const { create } = useMessages();
  const wizard = useJobWizard(props);
  const actions = useWizardActions(wizard);
  const { form, values, fresh, errors, state, draft, job, search, step, opensEmpty } = wizard;
  const { startUrl, rescanOf } = values;
  useFirstFocus(step === "target" && opensEmpty);
  const isSent = search.submission !== undefined;
  return (
    <FormProvider {...form}>
      <PageHead>
        <h1 className="text-h1">
          {rescanOf === undefined ? create.title : create.rescanTitle(targetHostOf(startUrl))}
        </h1>
      </PageHead>
      {isSent ? null : <SubmissionNotices />}
      {search.submission !== undefined ? (
        <SentSubmission id={search.submission} onBack={(at, error) => void actions.reopen(at, error)} />
      ) : job.sentId !== null ? (
        <AlreadySent id={job.sentId} onStartOver={onStartOver} />
      ) : null}
      <div
        className="grid grid-cols-1 gap-x-12 gap-y-4 pt-4 lg:grid-cols-[13rem_minmax(0,42rem)] xl:grid-cols-[13rem_minmax(0,42rem)_minmax(0,18rem)]"
        hidden={isSent || job.sentId !== null}
      >
        <StepList current={step} search={search} stateOf={(name) => stepState(name, values, fresh, errors)} />
        <WizardForm {...props} wizard={wizard} actions={actions} />
        {step === "review" ? null : <WizardSummary />}
      </div>
      <LeaveDialog
        isDirty={!isSent && (hasSecrets(state.signIn) || draft.hasFailed)}
        isPending={draft.isPending}
        title={create.leaveTitle}
        text={draft.hasFailed ? create.leaveText : create.leaveSecretsText}
        carriesTo="/schedules/new"
      />
    </FormProvider>
  );
}

interface WizardFormProps extends JobWizardProps {
  readonly wizard: ReturnType<typeof useJobWizard>;
  readonly actions: ReturnType<typeof useWizardActions>;
}

/** The fields of the current step, between the error summary and the buttons. */
function WizardForm({ wizard, actions, settings, kept, ledger, isFromMissing, onStartOver }: WizardFormProps) {
  const messages = useMessages();
  const { create } = messages;
  const { values, errors, state, draft, job, step, goTo, typeSignIn } = wizard;
  const isReview = step === "review";
  const host = isTargetGood(values, errors) ? targetHostOf(values.startUrl.trim()) : null;
  return (
    // Enter goes to the next step; only a press of the last button starts a job.
    <form
      className="xl:has-data-review:col-[2/-1]"
      noValidate
      autoComplete="off"
      onKeyDown={(event) => submitOnControlEnter(event, () => (isReview ? actions.start() : void actions.toReview()))}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isReview) void actions.next();
      }}
    >
      {isFromMissing ? <Notice as="p">{create.fromFailed}</Notice> : null}
      <DraftNotes
        savedAt={kept?.savedAt ?? null}
        hasFailed={draft.hasFailed}
        onStartOver={() => {
          draft.discard();
          onStartOver();
        }}
      />
      {job.problem ? <ErrorNotice description={describeError(messages, job.problem)} isAlert /> : null}
      <WizardErrors errors={errors} attempt={state.refusals} onGo={goTo} />
      <ErrorRemedies
        codes={errors.map(({ code }) => code)}
        onUseHeaders={actions.chooseHeaders}
        onNewJob={actions.dropRescan}
      />
      <StepHeading step={step} isConsentNext={wizard.isConsentNext} />
      {settings === null ? null : <PrefillNote {...settings} />}
      <StepPanels
        step={step}
        ledger={ledger}
        entry={state.signIn}
        onEntry={typeSignIn}
        again={state.areSecretsRemoved ? create.secretWiped : undefined}
        onGo={goTo}
        onDropRescan={actions.dropRescan}
        start={
          <StartButton
            host={host}
            isSending={job.isSending}
            kind={values.when.kind}
            isSecondChoice={values.hosting === "managed" && values.when.kind !== "repeat"}
            onStart={actions.start}
          />
        }
      />
      <WizardFooter step={step} host={host} kind={values.when.kind} onGo={goTo} />
    </form>
  );
}

interface StepHeadingProps {
  readonly step: WizardStep;
  readonly isConsentNext: RefObject<boolean>;
}

/**
 * After a step change the focus moves to the heading, or to the consent when the person skipped to it; a form that opens on its
 * review focuses its heading.
 */
function StepHeading({ step, isConsentNext }: StepHeadingProps) {
  const { create } = useMessages();
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef<WizardStep | null>(step === "review" ? null : step);
  useEffect(() => {
    if (shown.current === step) return;
    shown.current = step;
    if (step === "review" && isConsentNext.current) focusField("consent");
    else heading.current?.focus();
    isConsentNext.current = false;
  }, [step, isConsentNext]);
  return (
    <h2 className="text-h2 scroll-mt-20 focus-visible:outline-none" ref={heading} tabIndex={-1}>
      {step === "review" ? create.review : create.stepNames[step]}
    </h2>
  );
}

/** Focuses the target field once, when the form opens without a target. */
function useFirstFocus(isWanted: boolean): void {
  const [isFirst] = useState(isWanted);
  useEffect(() => {
    if (isFirst) focusField("startUrl");
  }, [isFirst]);
}

import { getRouteApi } from "@tanstack/react-router";
import {
  type Draft,
  type Job,
  type JobRequest,
  type JobSettings,
  type RescanLedger,
  targetHostOf,
} from "@wsc-dashboard/wsc-core";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { type FieldErrors, FormProvider, useForm, useWatch } from "react-hook-form";
import { useSession } from "../../api/session-query.ts";
import { type FormError, flattenErrors } from "../../forms/form-error.ts";
import { useFreshErrors } from "../../forms/use-fresh-errors.ts";
import { carrySignIn } from "../../job-fields/carried-sign-in.ts";
import { withConsentLanguage } from "../../job-fields/consent-language.ts";
import { focusField } from "../../job-fields/focus-field.ts";
import { emptyEntry, hasSecrets, signInOf, withoutSecrets } from "../../job-fields/sign-in-entry.ts";
import { describeError } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { LeaveDialog } from "../../ui/leave-dialog.tsx";
import { SubmissionNotices } from "../submissions/submission-notices.tsx";
import { AlreadySent } from "./already-sent.tsx";
import { DraftNotes } from "./draft-notes.tsx";
import { ErrorRemedies } from "./error-remedies.tsx";
import { resumeDraft } from "./job-draft.ts";
import { PrefillNote } from "./prefill-note.tsx";
import { SentSubmission } from "./sent-submission.tsx";
import { StepList } from "./step-list.tsx";
import { StepPanels } from "./step-panels.tsx";
import { isTargetGood, stepState } from "./step-state.ts";
import { useCreateJob } from "./use-create-job.ts";
import { useDraft } from "./use-draft.ts";
import { WizardErrors } from "./wizard-errors.tsx";
import { WizardFooter } from "./wizard-footer.tsx";
import { wizardResolver } from "./wizard-schema.ts";
import { type WizardStep, wizardSteps } from "./wizard-search.ts";
import { WizardSummary } from "./wizard-summary.tsx";
import { fieldsOfStep, jobPrefillOf, stepOfPath, type WizardValues, wizardValues } from "./wizard-values.ts";

const route = getRouteApi("/jobs/new");

interface JobWizardProps {
  readonly from: Job | null;
  readonly ledger: RescanLedger | null;
  readonly isFromMissing: boolean;
  /** What an earlier job was ordered with. */
  readonly settings: JobSettings | null;
  /** What was typed on an earlier visit. */
  readonly kept: { readonly draft: Draft; readonly savedAt: string } | null;
  readonly onStartOver: () => void;
}

export function JobWizard({ from, ledger, isFromMissing, settings, kept, onStartOver }: JobWizardProps) {
  const messages = useMessages();
  const { create } = messages;
  const { language } = useFormats();
  const session = useSession();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const step = search.step ?? "target";
  const [opened] = useState(() => {
    const fresh = wizardValues(session, from);
    const said = kept?.draft ?? settings?.settings;
    return { fresh, ...(said === undefined ? { values: fresh, entry: emptyEntry } : resumeDraft(said, fresh)) };
  });
  const form = useForm<WizardValues, unknown, JobRequest>({
    defaultValues: opened.values,
    resolver: wizardResolver,
    mode: "onTouched",
    shouldFocusError: false,
  });
  useFreshErrors(form);
  const [entry, setEntry] = useState(opened.entry);
  const draft = useDraft(form, entry);
  const [isWiped, setWiped] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const values = useWatch({ control: form.control }) as WizardValues;
  const { startUrl, rescanOf, when, hosting } = values;
  const flat = flattenErrors(form.formState.errors);
  const heading = useFocusedHeading(step);
  const [opensEmpty] = useState(step === "target" && opened.values.startUrl === "");
  useEffect(() => {
    if (opensEmpty) focusField("startUrl");
  }, [opensEmpty]);
  const refused = (): void => setAttempt((count) => count + 1);

  const goTo = (next: WizardStep): void => void navigate({ search: { ...search, step: next } });
  const wipe = (): void => {
    const bare = withoutSecrets(entry);
    setWiped(hasSecrets(entry));
    setEntry(bare);
    form.setValue("signIn", signInOf(form.getValues("signIn.kind"), bare));
    form.setValue("consent.accepted", false);
    form.setValue("managedConsent.accepted", false);
  };
  const job = useCreateJob(form, {
    onSent: (id) => {
      wipe();
      draft.discard();
      void navigate({ search: { ...search, submission: id }, replace: true });
    },
    onRefused: refused,
  });
  const reopen = async (at: WizardStep, error: FormError | null): Promise<void> => {
    const { submission: _, ...rest } = search;
    job.reopen();
    draft.keep();
    await navigate({ search: { ...rest, step: at }, replace: true });
    if (error === null) return;
    form.setError(error.path as keyof WizardValues, { type: "server", message: error.code });
    refused();
  };
  const isSent = search.submission !== undefined;

  const next = async (): Promise<void> => {
    const isValid = await form.trigger([...fieldsOfStep[step]]);
    if (!isValid) refused();
    else if (step === "when" && when.kind === "repeat") goToSchedule();
    else goTo(wizardSteps[wizardSteps.indexOf(step) + 1] ?? step);
  };
  const goToSchedule = (): void => {
    carrySignIn({ kind: values.signIn.kind, entry });
    void navigate({ to: "/schedules/new", state: (previous) => ({ ...previous, jobFields: jobPrefillOf(values) }) });
  };
  const notReady = (errors: FieldErrors<WizardValues>): void => {
    refused();
    // With nothing but the agreement missing, which stands on this page, the way on is to it and not to its summary.
    if (flattenErrors(errors).every(({ path }) => stepOfPath(path) === "review")) focusField("consent");
  };
  const start = (): void => {
    if (when.kind === "repeat") goToSchedule();
    else void form.handleSubmit((request) => job.send(withConsentLanguage(request, language)), notReady)();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter") return;
    // Safari reports the Enter that ends a composed word only by this number.
    const isComposing = event.nativeEvent.isComposing || event.keyCode === 229;
    if (isComposing) event.preventDefault();
    else if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      if (step === "review") start();
      else void next();
    }
  };
  const dropRescan = (): void => {
    const { rescanOf: _, ...rest } = form.getValues();
    form.reset(rest, { keepDirty: true });
  };
  const isTargetValid = isTargetGood(values, flat);
  const host = isTargetValid ? targetHostOf(startUrl.trim()) : "";
  const isReview = step === "review";
  return (
    <FormProvider {...form}>
      <div className="page-head">
        <h1 className="h1">{rescanOf === undefined ? create.title : create.rescanTitle(targetHostOf(startUrl))}</h1>
      </div>
      <hr className="thick-rule" />
      {isSent ? null : <SubmissionNotices />}
      {search.submission !== undefined ? (
        <SentSubmission id={search.submission} onBack={(at, error) => void reopen(at, error)} />
      ) : job.sentId !== null ? (
        <AlreadySent id={job.sentId} onStartOver={onStartOver} />
      ) : null}
      <div className="wizard" hidden={isSent || job.sentId !== null}>
        <StepList current={step} search={search} stateOf={(name) => stepState(name, values, opened.fresh, flat)} />
        {/* Enter goes to the next step; only a press of the last button starts a job. */}
        <form
          className="wizard-form"
          noValidate
          autoComplete="off"
          onKeyDown={onKeyDown}
          onSubmit={(event) => {
            event.preventDefault();
            if (!isReview) void next();
          }}
        >
          {isFromMissing ? <p className="note">{create.fromFailed}</p> : null}
          <DraftNotes
            savedAt={kept?.savedAt ?? null}
            hasFailed={draft.hasFailed}
            onStartOver={() => {
              draft.discard();
              onStartOver();
            }}
          />
          {job.problem ? <ErrorNotice description={describeError(messages, job.problem)} isAlert /> : null}
          <WizardErrors errors={flat} attempt={attempt} onGo={goTo} />
          <ErrorRemedies
            codes={flat.map(({ code }) => code)}
            onUseHeaders={() => {
              form.setValue("signIn", signInOf("headers", entry), { shouldDirty: true });
              goTo("signin");
            }}
            onNewJob={dropRescan}
          />
          <h2 className="h2 step-heading" ref={heading} tabIndex={-1}>
            {isReview ? create.review : create.stepNames[step]}
          </h2>
          {settings === null ? null : <PrefillNote {...settings} />}
          <StepPanels
            step={step}
            ledger={ledger}
            entry={entry}
            onEntry={setEntry}
            again={isWiped ? create.secretWiped : undefined}
            onGo={goTo}
            onDropRescan={dropRescan}
          />
          <WizardFooter
            step={step}
            host={host}
            isTargetValid={isTargetValid}
            isSending={job.isSending}
            kind={when.kind}
            isSecondChoice={hosting === "managed" && when.kind !== "repeat"}
            onGo={goTo}
            onStart={start}
          />
        </form>
        {isReview ? null : <WizardSummary />}
      </div>
      <LeaveDialog
        isDirty={!isSent && (hasSecrets(entry) || draft.hasFailed)}
        isPending={draft.isPending}
        title={create.leaveTitle}
        text={draft.hasFailed ? create.leaveText : create.leaveSecretsText}
        carriesTo="/schedules/new"
      />
    </FormProvider>
  );
}

/** After a change of step the reading goes on at its heading; a form that opens with its review begins there. */
function useFocusedHeading(step: WizardStep) {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef<WizardStep | null>(step === "review" ? null : step);
  useEffect(() => {
    if (shown.current === step) return;
    shown.current = step;
    heading.current?.focus();
  }, [step]);
  return heading;
}

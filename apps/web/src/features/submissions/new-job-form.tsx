import { getRouteApi } from "@tanstack/react-router";
import { type Job, type JobRequest, startUrlSchema, targetHostOf } from "@wsc-dashboard/wsc-core";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { FormProvider, useForm, useWatch } from "react-hook-form";
import { useSession } from "../../api/session-query.ts";
import { flattenErrors } from "../../forms/form-error.ts";
import { ChecksFields } from "../../job-fields/checks-fields.tsx";
import { firstHeaderRows } from "../../job-fields/job-field-values.ts";
import { SignInFields } from "../../job-fields/sign-in-fields.tsx";
import { TargetFields } from "../../job-fields/target-fields.tsx";
import { troubleOf } from "../../messages/error-text.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { LeaveDialog } from "../../ui/leave-dialog.tsx";
import { TroubleBlock } from "../../ui/trouble-block.tsx";
import { NewJobErrors } from "./new-job-errors.tsx";
import { newJobResolver } from "./new-job-schema.ts";
import { type NewJobStep, newJobSteps } from "./new-job-search.ts";
import { NewJobSummary } from "./new-job-summary.tsx";
import { fieldsOfStep, type NewJobValues, newJobValues, stepOfPath } from "./new-job-values.ts";
import { ReviewStep } from "./review-step.tsx";
import { StepList, type StepState } from "./step-list.tsx";
import { SubmissionNotices } from "./submission-notices.tsx";
import { SubmissionProgress } from "./submission-progress.tsx";
import { useCreateJob } from "./use-create-job.ts";
import { WhenStep } from "./when-step.tsx";
import { WizardFoot } from "./wizard-foot.tsx";

const route = getRouteApi("/jobs/new");

interface NewJobFormProps {
  readonly from: Job | null;
  readonly isFromMissing: boolean;
}

export function NewJobForm({ from, isFromMissing }: NewJobFormProps) {
  const messages = useMessages();
  const { create } = messages;
  const session = useSession();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const step = search.step ?? "target";
  const form = useForm<NewJobValues, unknown, JobRequest>({
    defaultValues: newJobValues(session, from),
    resolver: newJobResolver,
    mode: "onTouched",
    shouldFocusError: false,
  });
  const [rows, setRows] = useState(firstHeaderRows);
  const [isWiped, setWiped] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const [startUrl, rescanOf, when] = useWatch({ control: form.control, name: ["startUrl", "rescanOf", "when"] });
  const { errors, isDirty } = form.formState;
  const flat = flattenErrors(errors);
  const heading = useFocusedHeading(step);

  const goTo = (next: NewJobStep): void => void navigate({ search: { ...search, step: next }, replace: true });
  const wipe = (): void => {
    const { signIn } = form.getValues();
    setWiped(signIn.kind === "headers");
    setRows((typed) => typed.map((row) => ({ ...row, value: "" })));
    if (signIn.kind === "headers") form.setValue("signIn", { kind: "headers", headers: {} });
    form.setValue("consent.accepted", false);
  };
  const job = useCreateJob(form, {
    onSent: (id) => {
      wipe();
      void navigate({ search: { ...search, submission: id }, replace: true });
    },
    onRefused: () => setAttempt((count) => count + 1),
  });
  const isSent = search.submission !== undefined;
  const hasSecrets = rows.some(({ value }) => value !== "");

  const next = async (): Promise<void> => {
    const isValid = await form.trigger([...fieldsOfStep[step]]);
    const following = newJobSteps[newJobSteps.indexOf(step) + 1];
    if (isValid && following) goTo(following);
    else setAttempt((count) => count + 1);
  };
  const start = (): void => {
    void form.handleSubmit(job.send, () => setAttempt((count) => count + 1))();
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
  const isTargetValid =
    startUrlSchema.safeParse(startUrl).success && !flat.some(({ path }) => stepOfPath(path) === "target");
  const stateOf = (name: NewJobStep): StepState => {
    if (flat.some(({ path }) => stepOfPath(path) === name)) return "errors";
    if (name === "target") return isTargetValid ? "done" : "open";
    return name === "review" ? "open" : "optional";
  };
  const host = startUrlSchema.safeParse(startUrl).success ? targetHostOf(startUrl.trim()) : "";
  const isReview = step === "review";
  return (
    <FormProvider {...form}>
      <div className="page-head">
        <h1 className="h1">{rescanOf === undefined ? create.title : create.rescanTitle(host)}</h1>
      </div>
      <hr className="thick-rule" />
      {isSent ? null : <SubmissionNotices />}
      {search.submission !== undefined ? (
        <SubmissionProgress
          id={search.submission}
          onBack={(at) => {
            const { submission: _, ...rest } = search;
            job.reopen();
            void navigate({ search: { ...rest, step: at ?? step }, replace: true });
          }}
          onFieldError={(path, code) => {
            form.setError(path as keyof NewJobValues, { type: "server", message: code });
            setAttempt((count) => count + 1);
          }}
        />
      ) : null}
      <div className="wizard" hidden={isSent}>
        <StepList
          current={step}
          search={search}
          states={{
            target: stateOf("target"),
            signin: stateOf("signin"),
            checks: stateOf("checks"),
            when: stateOf("when"),
            review: stateOf("review"),
          }}
        />
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
          {job.problem ? <TroubleBlock trouble={troubleOf(messages, job.problem)} isAlert /> : null}
          <NewJobErrors errors={flat} attempt={attempt} onGo={goTo} />
          <h2 className="h2 step-heading" ref={heading} tabIndex={-1}>
            {isReview ? create.review : create.stepNames[step]}
          </h2>
          <div hidden={step !== "target"}>
            <TargetFields
              isEmulator={session.upstream.emulator}
              onDropRescan={() => {
                const { rescanOf: _, ...rest } = form.getValues();
                form.reset(rest, { keepDirty: true });
              }}
            />
          </div>
          <div hidden={step !== "signin"}>
            <SignInFields rows={rows} onRows={setRows} again={isWiped ? create.secretWiped : undefined} />
          </div>
          <div hidden={step !== "checks"}>
            <ChecksFields session={session} />
          </div>
          <div hidden={step !== "when"}>
            <WhenStep />
          </div>
          <div hidden={!isReview}>{isReview ? <ReviewStep onEdit={goTo} /> : null}</div>
          <WizardFoot
            step={step}
            host={host}
            isTargetValid={isTargetValid}
            isSending={job.isSending}
            isReservation={when.kind === "at"}
            onGo={goTo}
            onStart={start}
          />
        </form>
        {isReview ? null : <NewJobSummary />}
      </div>
      <LeaveDialog
        isDirty={(isDirty || hasSecrets) && !isSent}
        title={create.leaveTitle}
        carriesTo={hasSecrets ? undefined : "/schedules/new"}
      />
    </FormProvider>
  );
}

/** After a change of step the reading goes on at its heading. */
function useFocusedHeading(step: NewJobStep) {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(step);
  useEffect(() => {
    if (shown.current === step) return;
    shown.current = step;
    heading.current?.focus();
  }, [step]);
  return heading;
}

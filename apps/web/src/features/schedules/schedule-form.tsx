import { useNavigate } from "@tanstack/react-router";
import { type Schedule, type ScheduleRequest, startUrlSchema, targetHostOf } from "@wsc-dashboard/wsc-core";
import { type ReactNode, useEffect, useState } from "react";
import { FormProvider, useForm, useWatch } from "react-hook-form";
import { useRecentTargets } from "../../api/recent-jobs.ts";
import { useSession } from "../../api/session-query.ts";
import { ErrorSummary } from "../../forms/error-summary.tsx";
import { flattenErrors } from "../../forms/form-error.ts";
import { submitOnControlEnter } from "../../forms/submit-key.ts";
import { useFreshErrors } from "../../forms/use-fresh-errors.ts";
import { carriedSignIn, dropCarriedSignIn } from "../../job-fields/carried-sign-in.ts";
import { ChecksFields } from "../../job-fields/checks-fields.tsx";
import { ConsentField } from "../../job-fields/consent-field.tsx";
import { withConsentLanguage } from "../../job-fields/consent-language.ts";
import { focusField } from "../../job-fields/focus-field.ts";
import { emptyEntry, hasSecrets } from "../../job-fields/sign-in-entry.ts";
import { SignInFields } from "../../job-fields/sign-in-fields.tsx";
import { summaryText } from "../../job-fields/summary-text.ts";
import { TargetFields } from "../../job-fields/target-fields.tsx";
import { describeError } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { useMediaQuery } from "../../ui/hooks.ts";
import { LeaveDialog } from "../../ui/leave-dialog.tsx";
import { useToast } from "../../ui/toaster.tsx";
import { BlackoutFields } from "./blackout-fields.tsx";
import { CollisionField } from "./collision-field.tsx";
import { RuleFields } from "./rule-fields.tsx";
import { RunPreview } from "./run-preview.tsx";
import { type ScheduleSection, type ScheduleValues, scheduleResolver, sectionOfPath } from "./schedule-values.ts";
import { useSaveSchedule } from "./use-save-schedule.ts";

interface ScheduleFormProps {
  /** The schedule to change; `null` for a new one. */
  readonly schedule: Schedule | null;
  readonly values: ScheduleValues;
  readonly actions?: ReactNode;
  readonly onSaved?: () => void;
}

export function ScheduleForm({ schedule, values, actions, onSaved }: ScheduleFormProps) {
  const messages = useMessages();
  const { create, schedules: words } = messages;
  const { language } = useFormats();
  const session = useSession();
  const isWide = useMediaQuery("(min-width: 64rem)");
  const navigate = useNavigate();
  const toast = useToast();
  const form = useForm<ScheduleValues, unknown, ScheduleRequest>({
    defaultValues: values,
    resolver: scheduleResolver,
    mode: "onTouched",
    shouldFocusError: false,
  });
  useFreshErrors(form);
  const [entry, setEntry] = useState(() => (schedule === null ? carriedSignIn()?.entry : undefined) ?? emptyEntry);
  useEffect(dropCarriedSignIn, []);
  const recent = useRecentTargets();
  const [attempt, setAttempt] = useState(0);
  const [saved, setSaved] = useState<Schedule | null>(null);
  const startUrl = useWatch({ control: form.control, name: "startUrl" });
  const { errors, isDirty } = form.formState;
  const refused = (): void => setAttempt((count) => count + 1);
  const { save, isSaving, problem } = useSaveSchedule(schedule?.id ?? null, form, {
    onSaved: (kept) => {
      setSaved(kept);
      onSaved?.();
    },
    onRefused: refused,
  });
  useEffect(() => {
    if (saved === null) return;
    toast(words.done[schedule === null ? "create" : "update"](targetHostOf(saved.startUrl)));
    void navigate({ to: "/schedules/$id", params: { id: saved.id }, replace: true });
  }, [saved, schedule, toast, words, navigate]);
  const submit = (): void =>
    void form.handleSubmit((request) => save(withConsentLanguage(request, language)), refused)();
  const sectionNames: Readonly<Record<ScheduleSection, string>> = {
    target: create.stepNames.target,
    signin: create.stepNames.signin,
    checks: create.stepNames.checks,
    rule: words.rule,
    blackout: words.blackout,
    collision: words.collision,
    consent: create.consent,
  };
  const entries = (attempt > 0 ? flattenErrors(errors) : []).map((error) => {
    const { path, code, line } = error;
    return {
      key: `${path} ${code} ${line ?? ""}`,
      text: summaryText(messages, error),
      where: words.fieldAt(sectionNames[sectionOfPath(path)]),
      onGo: () => focusField(path),
    };
  });
  const host = startUrlSchema.safeParse(startUrl).success ? targetHostOf(startUrl.trim()) : "";
  const keepsSignIn = schedule !== null && schedule.signInKind !== "none";
  return (
    <FormProvider {...form}>
      <div className="schedule-editor">
        <form
          noValidate
          autoComplete="off"
          onKeyDown={(event) => submitOnControlEnter(event, submit)}
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          {problem ? <ErrorNotice description={describeError(messages, problem)} isAlert /> : null}
          <ErrorSummary attempt={attempt} entries={entries} />
          <Part title={sectionNames.rule}>
            <RuleFields />
            <BlackoutFields />
            <CollisionField />
            {isWide ? null : <RunPreview />}
          </Part>
          <Part title={sectionNames.target}>
            <TargetFields isEmulator={session.upstream.emulator} recent={recent} />
          </Part>
          <Part title={sectionNames.signin}>
            <SignInFields
              entry={entry}
              onEntry={setEntry}
              again={keepsSignIn ? words.signInKept : undefined}
              note={words.signInNote}
            />
          </Part>
          <Part title={sectionNames.checks}>
            <ChecksFields session={session} />
          </Part>
          <ConsentField name="consent" host={host} note={words.consentNote} />
          <div className="wizard-foot">
            {actions}
            <span className="grow" />
            <Button variant="primary" type="submit" inert={isSaving}>
              {isSaving ? words.saving : schedule === null ? words.create : words.save}
            </Button>
          </div>
        </form>
        {isWide ? <RunPreview /> : null}
      </div>
      <LeaveDialog isDirty={(isDirty || hasSecrets(entry)) && saved === null} title={words.leaveTitle} />
    </FormProvider>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="form-part">
      <h2 className="h2">{title}</h2>
      {children}
    </section>
  );
}

import { type Schedule, startUrlSchema, targetHostOf } from "@wsc-dashboard/wsc-core";
import type { ReactNode } from "react";
import { FormProvider, useWatch } from "react-hook-form";
import { useRecentTargets } from "../../api/recent-jobs.ts";
import { useSession } from "../../api/session-query.ts";
import { ErrorSummary } from "../../forms/error-summary.tsx";
import { type FormError, flattenErrors } from "../../forms/form-error.ts";
import { submitOnControlEnter } from "../../forms/submit-key.ts";
import { ChecksFields } from "../../job-fields/checks-fields.tsx";
import { ConsentField } from "../../job-fields/consent-field.tsx";
import { errorSummaryText } from "../../job-fields/error-summary-text.ts";
import { focusField } from "../../job-fields/focus-field.ts";
import { hasSecrets } from "../../job-fields/sign-in-entry.ts";
import { SignInFields } from "../../job-fields/sign-in-fields.tsx";
import { TargetFields } from "../../job-fields/target-fields.tsx";
import { describeError } from "../../messages/error-text.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { useMediaQuery } from "../../ui/hooks.ts";
import { LeaveDialog } from "../../ui/leave-dialog.tsx";
import { BlackoutFields } from "./blackout-fields.tsx";
import { CollisionField } from "./collision-field.tsx";
import { RuleFields } from "./rule-fields.tsx";
import { RunPreview } from "./run-preview.tsx";
import { type ScheduleSection, type ScheduleValues, sectionOfPath } from "./schedule-values.ts";
import { useScheduleForm } from "./use-schedule-form.ts";

interface ScheduleFormProps {
  /** The schedule to change; `null` for a new one. */
  readonly schedule: Schedule | null;
  readonly values: ScheduleValues;
  readonly actions?: ReactNode;
  readonly onSaved?: () => void;
}

export function ScheduleForm({ schedule, values, actions, onSaved }: ScheduleFormProps) {
  const messages = useMessages();
  const { schedules: words } = messages;
  const session = useSession();
  const isWide = useMediaQuery("(min-width: 64rem)");
  const { form, entry, setEntry, attempt, problem, isSaving, isSaved, submit } = useScheduleForm(
    schedule,
    values,
    onSaved,
  );
  const recent = useRecentTargets();
  const startUrl = useWatch({ control: form.control, name: "startUrl" });
  const { errors, isDirty } = form.formState;
  const sectionNames = useSectionNames();
  const host = startUrlSchema.safeParse(startUrl).success ? targetHostOf(startUrl.trim()) : "";
  const keepsSignIn = schedule !== null && schedule.signInKind !== "none";
  return (
    <FormProvider {...form}>
      <div className="grid grid-cols-1 gap-x-12 gap-y-4 pt-2 lg:grid-cols-[minmax(0,42rem)_minmax(0,20rem)]">
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
          <ScheduleErrors errors={flattenErrors(errors)} attempt={attempt} sectionNames={sectionNames} />
          <Part title={sectionNames.target}>
            <TargetFields isEmulator={session.upstream.emulator} recent={recent} />
          </Part>
          <Part title={sectionNames.rule}>
            <RuleFields />
            <BlackoutFields />
            <CollisionField />
            {isWide ? null : <RunPreview scheduleId={schedule?.id} />}
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
          <div className="mt-7 flex flex-wrap items-center gap-2 border-t border-hairline pt-4">
            {actions}
            <span className="flex-1" />
            <Button variant="primary" type="submit" inert={isSaving}>
              {isSaving ? words.saving : schedule === null ? words.create : words.save}
            </Button>
          </div>
        </form>
        {isWide ? <RunPreview scheduleId={schedule?.id} /> : null}
      </div>
      <LeaveDialog isDirty={(isDirty || hasSecrets(entry)) && !isSaved} title={words.leaveTitle} />
    </FormProvider>
  );
}

function useSectionNames(): Readonly<Record<ScheduleSection, string>> {
  const { create, schedules: words } = useMessages();
  return {
    target: create.stepNames.target,
    signin: create.stepNames.signin,
    checks: create.stepNames.checks,
    rule: words.rule,
    blackout: words.blackout,
    collision: words.collision,
    consent: create.consent,
  };
}

interface ScheduleErrorsProps {
  readonly errors: readonly FormError[];
  readonly attempt: number;
  readonly sectionNames: Readonly<Record<ScheduleSection, string>>;
}

/** All errors that prevent saving, each with its section and a link to its field. */
function ScheduleErrors({ errors, attempt, sectionNames }: ScheduleErrorsProps) {
  const messages = useMessages();
  const entries = (attempt > 0 ? errors : []).map((error) => {
    const { path, code, line } = error;
    return {
      key: `${path} ${code} ${line ?? ""}`,
      text: errorSummaryText(messages, error),
      where: messages.schedules.fieldAt(sectionNames[sectionOfPath(path)]),
      onGo: () => focusField(path),
    };
  });
  return <ErrorSummary attempt={attempt} entries={entries} />;
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="pt-5 [&+&]:mt-7 [&+&]:border-t [&+&]:border-hairline [&>h2+*]:mt-2">
      <h2 className="text-h2">{title}</h2>
      {children}
    </section>
  );
}

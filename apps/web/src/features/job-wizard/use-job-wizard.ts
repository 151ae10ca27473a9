import { getRouteApi } from "@tanstack/react-router";
import type { Draft, Job, JobRequest, JobSettings, Session } from "@wsc-dashboard/wsc-core";
import { useReducer, useRef, useState } from "react";
import { type FieldErrors, useForm, useWatch } from "react-hook-form";
import { useSession } from "../../api/session-query.ts";
import { type FormError, flattenErrors } from "../../forms/form-error.ts";
import { useErrorRevalidation } from "../../forms/use-error-revalidation.ts";
import { carrySignIn } from "../../job-fields/carried-sign-in.ts";
import { withConsentLanguage } from "../../job-fields/consent-language.ts";
import { focusField } from "../../job-fields/focus-field.ts";
import {
  emptyEntry,
  type SignInEntry,
  type SignInKind,
  signInOf,
  withoutSecrets,
} from "../../job-fields/sign-in-entry.ts";
import { useFormats } from "../../messages/messages-context.tsx";
import { resumeDraft } from "./job-draft.ts";
import { isTargetGood } from "./step-state.ts";
import { useCreateJob } from "./use-create-job.ts";
import { useDraft } from "./use-draft.ts";
import { wizardResolver } from "./wizard-schema.ts";
import type { WizardStep } from "./wizard-search.ts";
import { initialWizardState, nextStep, wizardReducer } from "./wizard-state.ts";
import { fieldsOfStep, jobPrefillOf, stepOfPath, type WizardValues, wizardValues } from "./wizard-values.ts";

const route = getRouteApi("/jobs/new");

export interface WizardOrigin {
  readonly from: Job | null;
  /** The settings of the earlier job. */
  readonly settings: JobSettings | null;
  /** The draft from an earlier visit. */
  readonly kept: { readonly draft: Draft; readonly savedAt: string } | null;
}

/** The initial values of the wizard, and its defaults. */
function openingValues(session: Session, { from, settings, kept }: WizardOrigin) {
  const fresh = wizardValues(session, from);
  const known = kept?.draft ?? settings?.settings;
  return { fresh, ...(known === undefined ? { values: fresh, entry: emptyEntry } : resumeDraft(known, fresh)) };
}

/** The wizard's form with its draft, its step in the address, and all of its actions. */
export function useJobWizard(origin: WizardOrigin) {
  const session = useSession();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [opened] = useState(() => openingValues(session, origin));
  const form = useForm<WizardValues, unknown, JobRequest>({
    defaultValues: opened.values,
    resolver: wizardResolver,
    mode: "onTouched",
    shouldFocusError: false,
  });
  useErrorRevalidation(form);
  const [state, dispatch] = useReducer(wizardReducer, opened.entry, initialWizardState);
  const draft = useDraft(form, state.signIn);
  const isConsentNext = useRef(false);
  const values = useWatch({ control: form.control }) as WizardValues;
  const goTo = (step: WizardStep): void => void navigate({ search: { ...search, step } });
  const refuse = (): void => dispatch({ kind: "refused" });
  const chooseSignIn = (kind: SignInKind, signIn: SignInEntry): void => form.setValue("signIn", signInOf(kind, signIn));
  const job = useCreateJob(form, {
    onSent: (id) => {
      dispatch({ kind: "sent" });
      chooseSignIn(form.getValues("signIn.kind"), withoutSecrets(state.signIn));
      form.setValue("consent.accepted", false);
      form.setValue("managedConsent.accepted", false);
      draft.discard();
      void navigate({ search: { ...search, submission: id }, replace: true });
    },
    onRefused: refuse,
  });
  return {
    form,
    values,
    /** The defaults. */
    fresh: opened.fresh,
    opensEmpty: opened.values.startUrl === "",
    errors: flattenErrors(form.formState.errors),
    state,
    draft,
    job,
    search,
    step: search.step ?? "target",
    goTo,
    refuse,
    navigate,
    /** Whether the next review focuses the consent instead of its heading. */
    isConsentNext,
    typeSignIn: (signIn: SignInEntry): void => dispatch({ kind: "signInTyped", signIn }),
  };
}

type JobWizard = ReturnType<typeof useJobWizard>;

/** Navigation from a step: to the next one, to a schedule, to a job, and back after a refusal. */
export function useWizardActions({
  form,
  values,
  state,
  draft,
  job,
  search,
  step,
  goTo,
  refuse,
  navigate,
  isConsentNext,
}: JobWizard) {
  const { language } = useFormats();
  const goToSchedule = (): void => {
    carrySignIn({ kind: values.signIn.kind, entry: state.signIn });
    void navigate({ to: "/schedules/new", state: (previous) => ({ ...previous, jobFields: jobPrefillOf(values) }) });
  };
  const explainErrors = (errors: FieldErrors<WizardValues>): void => {
    refuse();
    // When only the consent is missing, which is on this page, the focus moves to it instead of the error summary.
    if (flattenErrors(errors).every(({ path }) => stepOfPath(path) === "review")) focusField("consent");
  };
  return {
    next: async (): Promise<void> => {
      const isValid = await form.trigger([...fieldsOfStep[step]]);
      const next = nextStep(step, values.when.kind);
      if (!isValid) refuse();
      else if (next === "schedule") goToSchedule();
      else goTo(next);
    },
    /** Goes straight to the consent once the step and the target are valid; everything else has a default. */
    toReview: async (): Promise<void> => {
      const isValid = await form.trigger([...fieldsOfStep[step]]);
      const isRepeating = step === "when" && values.when.kind === "repeat";
      if (!isValid) return refuse();
      if (isRepeating) return goToSchedule();
      // Errors on other steps are listed there.
      if (!isTargetGood(form.getValues(), [])) return goTo("target");
      isConsentNext.current = true;
      goTo("review");
    },
    start: (): void => {
      if (values.when.kind === "repeat") goToSchedule();
      else void form.handleSubmit((request) => job.send(withConsentLanguage(request, language)), explainErrors)();
    },
    /** Goes back from the outcome to a step of the form, to the value that has to be corrected. */
    reopen: async (at: WizardStep, error: FormError | null): Promise<void> => {
      const { submission: _, ...rest } = search;
      job.reopen();
      draft.keep();
      await navigate({ search: { ...rest, step: at }, replace: true });
      if (error === null) return;
      form.setError(error.path as keyof WizardValues, { type: "server", message: error.code });
      refuse();
    },
    chooseHeaders: (): void => {
      form.setValue("signIn", signInOf("headers", state.signIn), { shouldDirty: true });
      goTo("signin");
    },
    dropRescan: (): void => {
      const { rescanOf: _, ...rest } = form.getValues();
      form.reset(rest, { keepDirty: true });
    },
  };
}

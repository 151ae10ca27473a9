import { useNavigate } from "@tanstack/react-router";
import { type Schedule, type ScheduleRequest, targetHostOf } from "@wsc-dashboard/wsc-core";
import { useEffect, useState } from "react";
import { useForm } from "react-hook-form";
import { useErrorRevalidation } from "../../forms/use-error-revalidation.ts";
import { carriedSignIn, dropCarriedSignIn } from "../../job-fields/carried-sign-in.ts";
import { withConsentLanguage } from "../../job-fields/consent-language.ts";
import { emptyEntry } from "../../job-fields/sign-in-entry.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useToast } from "../../ui/toaster.tsx";
import { type ScheduleValues, scheduleResolver } from "./schedule-values.ts";
import { useSaveSchedule } from "./use-save-schedule.ts";

/** The form of a schedule: its values, the sign-in entry, and saving. `schedule` is `null` for a new one. */
export function useScheduleForm(schedule: Schedule | null, values: ScheduleValues, onSaved?: () => void) {
  const { schedules: words } = useMessages();
  const { language } = useFormats();
  const navigate = useNavigate();
  const toast = useToast();
  const form = useForm<ScheduleValues, unknown, ScheduleRequest>({
    defaultValues: values,
    resolver: scheduleResolver,
    mode: "onTouched",
    shouldFocusError: false,
  });
  useErrorRevalidation(form);
  const [entry, setEntry] = useState(() => (schedule === null ? carriedSignIn()?.entry : undefined) ?? emptyEntry);
  useEffect(dropCarriedSignIn, []);
  const [attempt, setAttempt] = useState(0);
  const [saved, setSaved] = useState<Schedule | null>(null);
  const refuse = (): void => setAttempt((count) => count + 1);
  const { save, isSaving, problem } = useSaveSchedule(schedule?.id ?? null, form, {
    onSaved: (kept) => {
      setSaved(kept);
      onSaved?.();
    },
    onRefused: refuse,
  });
  useEffect(() => {
    if (saved === null) return;
    toast(words.done[schedule === null ? "create" : "update"](targetHostOf(saved.startUrl)));
    void navigate({ to: "/schedules/$id", params: { id: saved.id }, replace: true });
  }, [saved, schedule, toast, words, navigate]);
  return {
    form,
    entry,
    setEntry,
    /** How often saving was refused, by the form's own validation or by the server. */
    attempt,
    problem,
    isSaving,
    isSaved: saved !== null,
    submit: (): void => void form.handleSubmit((request) => save(withConsentLanguage(request, language)), refuse)(),
  };
}

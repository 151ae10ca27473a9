import { useQueryClient } from "@tanstack/react-query";
import { type Schedule, type ScheduleRequest, WscError } from "@wsc-dashboard/wsc-core";
import { useRef } from "react";
import type { FieldPath, UseFormReturn } from "react-hook-form";
import { useKeyedMutation } from "../../api/idempotency-key.ts";
import { refreshSchedules, scheduleCalls } from "../../api/schedule-queries.ts";
import { pathOfPointer } from "../../forms/form-error.ts";
import type { ScheduleValues } from "./schedule-values.ts";

interface Callbacks {
  readonly onSaved: (schedule: Schedule) => void;
  readonly onRefused: () => void;
}

/** Creates a schedule, or replaces the values of the one with `id`. */
export function useSaveSchedule(
  id: string | null,
  form: UseFormReturn<ScheduleValues, unknown, ScheduleRequest>,
  { onSaved, onRefused }: Callbacks,
) {
  const client = useQueryClient();
  // Kept here and not in the mutation's variables, because the mutation cache outlives the form.
  const request = useRef<ScheduleRequest | null>(null);
  const { mutateAsync, isPending, error } = useKeyedMutation({
    act: async (_: undefined, idempotencyKey) => {
      const body = request.current;
      if (body === null) throw new WscError("INTERNAL_ERROR", "nothing to save");
      return id === null
        ? scheduleCalls.create({ body }, { idempotencyKey })
        : scheduleCalls.update({ params: { id }, body });
    },
    onSettled: () => void refreshSchedules(client),
  });
  const fields = error instanceof WscError ? (error.details.errors ?? []) : [];
  return {
    isSaving: isPending,
    /** A refusal that belongs to no field. */
    problem: fields.length > 0 ? null : error,
    save: async (body: ScheduleRequest): Promise<void> => {
      if (request.current !== null) return;
      request.current = body;
      try {
        onSaved((await mutateAsync(undefined)).schedule);
      } catch (refusal) {
        const errors = refusal instanceof WscError ? (refusal.details.errors ?? []) : [];
        for (const { pointer, code } of errors) {
          form.setError(pathOfPointer(pointer) as FieldPath<ScheduleValues>, { type: "server", message: code });
        }
        onRefused();
      } finally {
        request.current = null;
      }
    },
  };
}

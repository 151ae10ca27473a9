import { useEffect } from "react";
import type { FieldPath, FieldValues, UseFormReturn } from "react-hook-form";

/** Keeps errors up to date: a changed value clears the server's error on it and is validated again by the form. */
export function useErrorRevalidation<Values extends FieldValues, Context, Output>({
  subscribe,
  clearErrors,
  trigger,
  getFieldState,
}: UseFormReturn<Values, Context, Output>): void {
  useEffect(
    () =>
      subscribe({
        formState: { values: true },
        callback: ({ name }) => {
          const changed = name as FieldPath<Values> | undefined;
          const [field] = (changed ?? "").split(".") as FieldPath<Values>[];
          if (changed === undefined || !field) return;
          if (holdsServerError(getFieldState(field).error)) clearErrors(field);
          else if (getFieldState(changed).error) void trigger(changed);
        },
      }),
    [subscribe, clearErrors, trigger, getFieldState],
  );
}

function holdsServerError(errors: unknown): boolean {
  if (typeof errors !== "object" || errors === null) return false;
  if ("type" in errors && errors.type === "server") return true;
  return Object.entries(errors).some(([name, inner]) => name !== "ref" && holdsServerError(inner));
}

import { useEffect } from "react";
import type { FieldPath, FieldValues, UseFormReturn } from "react-hook-form";

/** What a server said about a value is about that value: another one makes it void. */
export function useClearServerErrors<Values extends FieldValues, Context, Output>({
  subscribe,
  clearErrors,
  getFieldState,
}: UseFormReturn<Values, Context, Output>): void {
  useEffect(
    () =>
      subscribe({
        formState: { values: true },
        callback: ({ name }) => {
          const [field] = (name ?? "").split(".") as FieldPath<Values>[];
          if (field && holdsServerError(getFieldState(field).error)) clearErrors(field);
        },
      }),
    [subscribe, clearErrors, getFieldState],
  );
}

function holdsServerError(errors: unknown): boolean {
  if (typeof errors !== "object" || errors === null) return false;
  if ("type" in errors && errors.type === "server") return true;
  return Object.entries(errors).some(([name, inner]) => name !== "ref" && holdsServerError(inner));
}

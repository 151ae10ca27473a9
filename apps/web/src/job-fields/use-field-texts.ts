import { useFormContext } from "react-hook-form";
import { flattenErrors } from "../forms/form-error.ts";
import { fieldTextOf } from "../messages/error-text.ts";
import { useMessages } from "../messages/messages-context.tsx";
import type { JobFieldValues } from "./job-field-values.ts";

/**
 * Returns the error sentences of a field by the path of its value. Nested errors count as the field's own; with "own" they do
 * not, because the nested fields show them.
 */
export function useFieldTexts(): (path: string, which?: "all" | "own") => readonly string[] {
  const messages = useMessages();
  const {
    formState: { errors },
  } = useFormContext<JobFieldValues>();
  const all = flattenErrors(errors);
  return (path, which = "all") => [
    ...new Set(
      all
        .filter((error) => error.path === path || (which === "all" && error.path.startsWith(`${path}.`)))
        .map(({ code, line }) => {
          const text = fieldTextOf(messages, code);
          return line === undefined ? text : messages.create.lineError(line, text);
        }),
    ),
  ];
}

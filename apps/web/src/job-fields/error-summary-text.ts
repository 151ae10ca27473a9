import type { FormError } from "../forms/form-error.ts";
import type { Messages } from "../messages/en.ts";
import { fieldTextOf } from "../messages/error-text.ts";
import { fieldLabelOf } from "./job-field-labels.ts";

/** The error as a sentence of the summary, which names its field. */
export function errorSummaryText(messages: Messages, { path, code, line }: FormError): string {
  const text = fieldTextOf(messages, code);
  const label = fieldLabelOf(messages, path);
  const placed = line === undefined ? text : messages.create.lineError(line, text);
  return label === undefined ? placed : messages.shell.labelled(label, placed);
}

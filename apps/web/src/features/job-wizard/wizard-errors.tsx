import { ErrorSummary } from "../../forms/error-summary.tsx";
import type { FormError } from "../../forms/form-error.ts";
import { errorSummaryText } from "../../job-fields/error-summary-text.ts";
import { focusField } from "../../job-fields/focus-field.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { type WizardStep, wizardSteps } from "./wizard-search.ts";
import { stepOfPath } from "./wizard-values.ts";

interface WizardErrorsProps {
  readonly errors: readonly FormError[];
  readonly attempt: number;
  readonly onGo: (step: WizardStep) => void;
}

/** All errors that prevent the start, each with its step and a link to its field. */
export function WizardErrors({ errors, attempt, onGo }: WizardErrorsProps) {
  const messages = useMessages();
  const { create } = messages;
  const placeOf = ({ path }: FormError): number => wizardSteps.indexOf(stepOfPath(path));
  const inOrder = errors.toSorted((a, b) => placeOf(a) - placeOf(b));
  const entries = (attempt > 0 ? inOrder : []).map((error) => {
    const { path, code, line } = error;
    return {
      key: `${path} ${code} ${line ?? ""}`,
      text: errorSummaryText(messages, error),
      where: create.inStep(create.stepNames[stepOfPath(path)]),
      onGo: () => {
        onGo(stepOfPath(path));
        focusField(path);
      },
    };
  });
  return <ErrorSummary attempt={attempt} entries={entries} />;
}

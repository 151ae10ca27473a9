import type { Submission } from "@wsc-dashboard/wsc-core";
import type { FormError } from "../../forms/form-error.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { SubmissionProgress } from "../submissions/submission-progress.tsx";
import { errorPlace } from "./error-place.ts";
import type { WizardStep } from "./wizard-search.ts";

interface SentSubmissionProps {
  readonly id: string;
  /** Goes back to the form, to the value that has to be corrected, if any. */
  readonly onBack: (step: WizardStep, error: FormError | null) => void;
}

function correctionOf(reason: Submission["reason"]): { readonly step: WizardStep; readonly error: FormError | null } {
  if (reason === undefined) return { step: "review", error: null };
  const { step, path } = errorPlace(reason.code, reason.pointer);
  return { step, error: path === undefined ? null : { path, code: reason.code } };
}

/** The outcome of the sent form, with a way back to the step where its failure can be corrected. */
export function SentSubmission({ id, onBack }: SentSubmissionProps) {
  const { create } = useMessages();
  const backLabel = (reason: Submission["reason"]): string => {
    const { step, error } = correctionOf(reason);
    return error === null ? create.backToForm : create.backToStep(create.stepNames[step]);
  };
  const back = (reason: Submission["reason"]): void => {
    const { step, error } = correctionOf(reason);
    onBack(step, error);
  };
  return <SubmissionProgress id={id} backLabel={backLabel} onBack={back} />;
}

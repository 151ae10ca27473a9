import type { MouseEvent } from "react";
import { useMessages } from "../../messages/messages-context.tsx";
import { Button } from "../../ui/button.tsx";
import { type NewJobStep, newJobSteps } from "./new-job-search.ts";

interface WizardFootProps {
  readonly step: NewJobStep;
  readonly host: string;
  readonly isTargetValid: boolean;
  readonly isSending: boolean;
  readonly isReservation: boolean;
  readonly onGo: (step: NewJobStep) => void;
  readonly onStart: () => void;
}

/** A press must not blur the field first: its error would push the button away from under the pointer. */
function keepFocus(event: MouseEvent): void {
  event.preventDefault();
}

export function WizardFoot({ step, host, isTargetValid, isSending, isReservation, onGo, onStart }: WizardFootProps) {
  const { create } = useMessages();
  const before = newJobSteps[newJobSteps.indexOf(step) - 1];
  const isReview = step === "review";
  return (
    <div className="wizard-foot">
      {before === undefined ? null : (
        <Button onMouseDown={keepFocus} onClick={() => onGo(before)}>
          {create.back}
        </Button>
      )}
      <span className="grow" />
      {!isReview && isTargetValid ? (
        <Button variant="quiet" onMouseDown={keepFocus} onClick={() => onGo("review")}>
          {create.toReview}
        </Button>
      ) : null}
      {isReview ? (
        <Button variant="primary" inert={isSending} onClick={onStart}>
          {isReservation
            ? isSending
              ? create.reserving
              : create.reserve(host)
            : isSending
              ? create.starting
              : create.start(host)}
        </Button>
      ) : (
        <Button variant="primary" type="submit" onMouseDown={keepFocus}>
          {create.next}
        </Button>
      )}
    </div>
  );
}

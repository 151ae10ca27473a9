import type { MouseEvent } from "react";
import type { Messages } from "../../messages/en.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { Button } from "../../ui/button.tsx";
import { type NewJobStep, newJobSteps } from "./new-job-search.ts";

type StartKind = "now" | "at" | "repeat" | "anyway";

interface WizardFootProps {
  readonly step: NewJobStep;
  readonly host: string;
  readonly isTargetValid: boolean;
  readonly isSending: boolean;
  /** What the last button does: send now, reserve, go on to a schedule, or send although the API will most likely refuse. */
  readonly kind: StartKind;
  readonly onGo: (step: NewJobStep) => void;
  readonly onStart: () => void;
}

/** A press must not blur the field first: its error would push the button away from under the pointer. */
function keepFocus(event: MouseEvent): void {
  event.preventDefault();
}

function startWord({ create, review }: Messages, kind: StartKind, host: string, isSending: boolean): string {
  switch (kind) {
    case "repeat":
      return review.toSchedule;
    case "at":
      return isSending ? create.reserving : create.reserve(host);
    case "anyway":
      return isSending ? create.starting : review.sendAnyway(host);
    case "now":
      return isSending ? create.starting : create.start(host);
  }
}

export function WizardFoot({ step, host, isTargetValid, isSending, kind, onGo, onStart }: WizardFootProps) {
  const messages = useMessages();
  const { create, review } = messages;
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
        <Button variant={kind === "anyway" ? "plain" : "primary"} inert={isSending} onClick={onStart}>
          {startWord(messages, kind, host, isSending)}
        </Button>
      ) : (
        <Button variant="primary" type="submit" onMouseDown={keepFocus}>
          {step === "when" && kind === "repeat" ? review.toSchedule : create.next}
        </Button>
      )}
    </div>
  );
}

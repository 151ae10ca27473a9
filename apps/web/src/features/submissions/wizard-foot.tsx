import type { Messages } from "../../messages/en.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { Button } from "../../ui/button.tsx";
import { keepFieldFocus } from "../../ui/keep-focus.ts";
import { type NewJobStep, newJobSteps } from "./new-job-search.ts";
import type { WhenValues } from "./new-job-values.ts";

type StartKind = WhenValues["kind"];

interface WizardFootProps {
  readonly step: NewJobStep;
  readonly host: string;
  readonly isTargetValid: boolean;
  readonly isSending: boolean;
  /** What the last button does: send now, reserve, or go on to a schedule. */
  readonly kind: StartKind;
  /** The API will most likely refuse, and another way is offered first. */
  readonly isSecondChoice: boolean;
  readonly onGo: (step: NewJobStep) => void;
  readonly onStart: () => void;
}

function startWord({ create, review }: Messages, props: WizardFootProps): string {
  const { kind, host, isSending, isSecondChoice } = props;
  switch (kind) {
    case "repeat":
      return review.toSchedule;
    case "at":
      return isSending ? create.reserving : create.reserve(host);
    case "now":
      if (isSending) return create.starting;
      return isSecondChoice ? review.sendAnyway(host) : create.start(host);
  }
}

export function WizardFoot(props: WizardFootProps) {
  const { step, isTargetValid, isSending, kind, isSecondChoice, onGo, onStart } = props;
  const messages = useMessages();
  const { create, review } = messages;
  const before = newJobSteps[newJobSteps.indexOf(step) - 1];
  const isReview = step === "review";
  return (
    <div className="wizard-foot">
      {before === undefined ? null : (
        <Button onMouseDown={keepFieldFocus} onClick={() => onGo(before)}>
          {create.back}
        </Button>
      )}
      <span className="grow" />
      {!isReview && isTargetValid ? (
        <Button variant="quiet" onMouseDown={keepFieldFocus} onClick={() => onGo("review")}>
          {create.toReview}
        </Button>
      ) : null}
      {isReview ? (
        <Button variant={isSecondChoice ? "plain" : "primary"} inert={isSending} onClick={onStart}>
          {startWord(messages, props)}
        </Button>
      ) : (
        <Button variant="primary" type="submit" onMouseDown={keepFieldFocus}>
          {step === "when" && kind === "repeat" ? review.toSchedule : create.next}
        </Button>
      )}
    </div>
  );
}

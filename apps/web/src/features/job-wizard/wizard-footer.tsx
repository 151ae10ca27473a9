import type { StartTime } from "../../job-fields/start-time.ts";
import type { Messages } from "../../messages/en.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { Button } from "../../ui/button.tsx";
import { keepFieldFocus } from "../../ui/keep-focus.ts";
import { type WizardStep, wizardSteps } from "./wizard-search.ts";

type StartKind = StartTime["kind"];

export interface StartButtonProps {
  /** The host of the target; `null` while the target is not valid. */
  readonly host: string | null;
  readonly isSending: boolean;
  /** What the last button does: send now, reserve, or go on to a schedule. */
  readonly kind: StartKind;
  /** The API will most likely refuse; another way is offered first. */
  readonly isSecondChoice: boolean;
  readonly onStart: () => void;
}

function startLabel({ create, review }: Messages, props: StartButtonProps): string {
  const { kind, isSending, isSecondChoice } = props;
  const host = props.host ?? "";
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

/** The start button, beside the expected cost. */
export function StartButton(props: StartButtonProps) {
  const { isSending, isSecondChoice, onStart } = props;
  const messages = useMessages();
  return (
    <Button variant={isSecondChoice ? "plain" : "primary"} inert={isSending} onClick={onStart}>
      {startLabel(messages, props)}
    </Button>
  );
}

interface WizardFooterProps {
  readonly step: WizardStep;
  /** The host of the target; `null` while the target is not valid. */
  readonly host: string | null;
  readonly kind: StartKind;
  readonly onGo: (step: WizardStep) => void;
}

export function WizardFooter({ step, host, kind, onGo }: WizardFooterProps) {
  const { create, review } = useMessages();
  const before = wizardSteps[wizardSteps.indexOf(step) - 1];
  const isReview = step === "review";
  return (
    <div className="mt-7 flex flex-wrap items-center gap-2 border-t border-hairline pt-4">
      {before === undefined ? null : (
        <Button onMouseDown={keepFieldFocus} onClick={() => onGo(before)}>
          {create.back}
        </Button>
      )}
      <span className="flex-1" />
      {!isReview && host !== null ? (
        <Button variant="quiet" onMouseDown={keepFieldFocus} onClick={() => onGo("review")}>
          {create.toReview}
        </Button>
      ) : null}
      {isReview ? null : (
        <Button variant="primary" type="submit" onMouseDown={keepFieldFocus}>
          {step === "when" && kind === "repeat" ? review.toSchedule : create.next}
        </Button>
      )}
    </div>
  );
}

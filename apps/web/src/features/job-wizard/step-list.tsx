import { Link } from "@tanstack/react-router";
import { useMessages } from "../../messages/messages-context.tsx";
import type { StepState } from "./step-state.ts";
import { type WizardSearch, type WizardStep, wizardSteps } from "./wizard-search.ts";

interface StepListProps {
  readonly current: WizardStep;
  readonly search: WizardSearch;
  readonly stateOf: (step: WizardStep) => StepState;
}

export function StepList({ current, search, stateOf }: StepListProps) {
  const { create } = useMessages();
  return (
    <nav className="step-list" aria-label={create.steps}>
      <ol>
        {wizardSteps.map((step, index) => (
          <li key={step} className={`step step-${stateOf(step)}`}>
            <Link to="/jobs/new" search={{ ...search, step }} aria-current={step === current ? "step" : undefined}>
              <span className="step-number figure" aria-hidden="true">
                {index + 1}
              </span>
              <span className="step-name">{create.stepNames[step]}</span>
              <span className="step-state">{create.stepStates[stateOf(step)]}</span>
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}

import { Link } from "@tanstack/react-router";
import { useMessages } from "../../messages/messages-context.tsx";
import { type NewJobSearch, type NewJobStep, newJobSteps } from "./new-job-search.ts";
import type { StepState } from "./step-state.ts";

interface StepListProps {
  readonly current: NewJobStep;
  readonly search: NewJobSearch;
  readonly stateOf: (step: NewJobStep) => StepState;
}

export function StepList({ current, search, stateOf }: StepListProps) {
  const { create } = useMessages();
  return (
    <nav className="step-list" aria-label={create.steps}>
      <ol>
        {newJobSteps.map((step, index) => (
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

import { Link } from "@tanstack/react-router";
import { useMessages } from "../../messages/messages-context.tsx";
import { type NewJobSearch, type NewJobStep, newJobSteps } from "./new-job-search.ts";

export type StepState = "done" | "errors" | "optional" | "open";

interface StepListProps {
  readonly current: NewJobStep;
  readonly search: NewJobSearch;
  readonly states: Readonly<Record<NewJobStep, StepState>>;
}

export function StepList({ current, search, states }: StepListProps) {
  const { create } = useMessages();
  return (
    <nav className="step-list" aria-label={create.steps}>
      <ol>
        {newJobSteps.map((step, index) => (
          <li key={step} className={`step step-${states[step]}`}>
            <Link
              to="/jobs/new"
              search={{ ...search, step }}
              replace
              aria-current={step === current ? "step" : undefined}
            >
              <span className="step-number figure" aria-hidden="true">
                {index + 1}
              </span>
              <span className="step-name">{create.stepNames[step]}</span>
              <span className="step-state">{create.stepStates[states[step]]}</span>
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}

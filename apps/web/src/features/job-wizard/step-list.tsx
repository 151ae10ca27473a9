import { Link } from "@tanstack/react-router";
import { useMessages } from "../../messages/messages-context.tsx";
import type { StepState } from "./step-state.ts";
import { type WizardSearch, type WizardStep, wizardSteps } from "./wizard-search.ts";

interface StepListProps {
  readonly current: WizardStep;
  readonly search: WizardSearch;
  readonly stateOf: (step: WizardStep) => StepState;
}

const stepLinkClass =
  "group/step grid grid-cols-[1.5rem_minmax(0,1fr)] border-hairline text-text-2 no-underline hover:bg-selected data-current:border-accent data-current:text-text max-lg:border-t-3 max-lg:px-1 max-lg:py-1.5 lg:border-s-3 lg:py-2 lg:ps-3 lg:pe-2";
const stateClasses: Partial<Record<StepState, string>> = {
  done: "text-done-text",
  errors: "font-bold text-high-text",
};

export function StepList({ current, search, stateOf }: StepListProps) {
  const { create } = useMessages();
  return (
    <nav className="lg:max-xl:col-start-1 lg:max-xl:row-span-2 lg:max-xl:row-start-1" aria-label={create.steps}>
      <ol className="max-lg:flex max-lg:flex-wrap max-lg:gap-x-1">
        {wizardSteps.map((step, index) => (
          <li key={step} className="max-lg:flex-[1_1_7rem]">
            <Link
              className={stepLinkClass}
              to="/jobs/new"
              search={{ ...search, step }}
              // The router sets `aria-current` of the link to the current address itself.
              data-current={step === current ? "" : undefined}
              aria-current={step === current ? "step" : undefined}
            >
              <span className="tabular-nums" aria-hidden="true">
                {index + 1}
              </span>
              <span className="group-data-current/step:font-bold">{create.stepNames[step]}</span>
              <span className={`col-start-2 ${stateClasses[stateOf(step)] ?? "text-text-3"}`}>
                {create.stepStates[stateOf(step)]}
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}

import { hasSecrets, type SignInEntry, withoutSecrets } from "../../job-fields/sign-in-entry.ts";
import type { StartTime } from "../../job-fields/start-time.ts";
import { type WizardStep, wizardSteps } from "./wizard-search.ts";

/** The wizard's state besides the form values and the address. */
export interface WizardState {
  /** What was typed for each sign-in kind, including those not selected. */
  readonly signIn: SignInEntry;
  /** Whether sign-in values were cleared after sending and have to be typed again. */
  readonly areSecretsRemoved: boolean;
  /** How often the form was refused, by its own validation or by the server. */
  readonly refusals: number;
}

export type WizardEvent =
  | { readonly kind: "signInTyped"; readonly signIn: SignInEntry }
  | { readonly kind: "refused" }
  | { readonly kind: "sent" };

export function initialWizardState(signIn: SignInEntry): WizardState {
  return { signIn, areSecretsRemoved: false, refusals: 0 };
}

/** Returns the state after an event. After sending, the form keeps everything except secrets. */
export function wizardReducer(state: WizardState, event: WizardEvent): WizardState {
  switch (event.kind) {
    case "signInTyped":
      return { ...state, signIn: event.signIn };
    case "refused":
      return { ...state, refusals: state.refusals + 1 };
    case "sent":
      return { ...state, areSecretsRemoved: hasSecrets(state.signIn), signIn: withoutSecrets(state.signIn) };
  }
}

/** Where the "next" button leads: for a repeated job, to the schedule form. */
export function nextStep(step: WizardStep, startKind: StartTime["kind"]): WizardStep | "schedule" {
  if (step === "when" && startKind === "repeat") return "schedule";
  return wizardSteps[wizardSteps.indexOf(step) + 1] ?? step;
}

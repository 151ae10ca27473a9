import { hasSecrets, type SignInEntry, withoutSecrets } from "../../job-fields/sign-in-entry.ts";
import type { StartTime } from "../../job-fields/start-time.ts";
import { type WizardStep, wizardSteps } from "./wizard-search.ts";

/** What the wizard knows besides the values of the form and the address. */
export interface WizardState {
  /** What was typed for each way to sign in, the ways that are not chosen too. */
  readonly signIn: SignInEntry;
  /** Whether sign-in values were removed after sending, and have to be typed again. */
  readonly areSecretsRemoved: boolean;
  /** Times the form was refused, here or by the server. */
  readonly refusals: number;
}

export type WizardEvent =
  | { readonly kind: "signInTyped"; readonly signIn: SignInEntry }
  | { readonly kind: "refused" }
  | { readonly kind: "sent" };

export function initialWizardState(signIn: SignInEntry): WizardState {
  return { signIn, areSecretsRemoved: false, refusals: 0 };
}

/** The state after an event. What was sent stays in the form, but for its secrets. */
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

/** Where the button that leads on goes: what is to be repeated goes on in the form of a schedule. */
export function nextStep(step: WizardStep, startKind: StartTime["kind"]): WizardStep | "schedule" {
  if (step === "when" && startKind === "repeat") return "schedule";
  return wizardSteps[wizardSteps.indexOf(step) + 1] ?? step;
}

import { signInSchema, startUrlSchema, whenSchema } from "@wsc-dashboard/wsc-core";
import type { FormError } from "../../forms/form-error.ts";
import type { WizardStep } from "./wizard-search.ts";
import { stepOfPath, type WizardValues } from "./wizard-values.ts";

/** `optional`: unchanged, and nothing is required. */
export type StepState = "done" | "errors" | "optional" | "open";

/** Whether the start URL is valid, so that the person can go on to the review, whatever else is wrong. */
export function isTargetGood(values: WizardValues, errors: readonly FormError[]): boolean {
  return startUrlSchema.safeParse(values.startUrl).success && !errors.some(({ path }) => stepOfPath(path) === "target");
}

/** The state of a step. `defaults` is the untouched form. */
export function stepState(
  step: WizardStep,
  values: WizardValues,
  defaults: WizardValues,
  errors: readonly FormError[],
): StepState {
  if (errors.some(({ path }) => stepOfPath(path) === step)) return "errors";
  const isChanged = (...names: (keyof WizardValues)[]): boolean =>
    names.some((name) => JSON.stringify(values[name]) !== JSON.stringify(defaults[name]));
  switch (step) {
    case "target":
      return isTargetGood(values, errors) ? "done" : "open";
    case "signin":
      if (values.signIn.kind === "none") return "optional";
      return signInSchema.safeParse(values.signIn).success ? "done" : "open";
    case "checks":
      return isChanged("items", "userAgent", "speed", "memo") ? "done" : "optional";
    case "when":
      if (values.when.kind === "now") return "optional";
      return values.when.kind === "repeat" || whenSchema.safeParse(values.when).success ? "done" : "open";
    case "review":
      return values.consent.accepted ? "done" : "open";
  }
}

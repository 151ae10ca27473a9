import type { PlanWords } from "./en/plans.ts";
import { useFormats } from "./messages-context.tsx";
import { planWords } from "./plan-words.ts";

/** What the planning of several scans says, in the chosen language. */
export function usePlanWords(): PlanWords {
  return planWords[useFormats().language];
}

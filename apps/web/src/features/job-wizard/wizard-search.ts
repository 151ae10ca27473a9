import { instanceNoSchema } from "@wsc-dashboard/wsc-core";
import * as z from "zod/mini";

export const wizardSteps = ["target", "signin", "checks", "when", "review"] as const;
export type WizardStep = (typeof wizardSteps)[number];

/** `from`: the job to prefill from. `submission`: what was sent, so that a reload still shows its outcome. */
export interface WizardSearch {
  readonly step?: WizardStep;
  readonly from?: string;
  readonly submission?: string;
}

const searchSchema = z.object({
  step: z.catch(z.optional(z.enum(wizardSteps)), undefined),
  from: z.catch(z.optional(instanceNoSchema), undefined),
  submission: z.catch(z.optional(z.string().check(z.regex(/^[0-9a-z-]{1,64}$/))), undefined),
});

export function readWizardSearch(raw: Record<string, unknown>): WizardSearch {
  const { step, from, submission } = searchSchema.parse(raw);
  return {
    ...(step === undefined ? {} : { step }),
    ...(from === undefined ? {} : { from }),
    ...(submission === undefined ? {} : { submission }),
  };
}

import { type BffApi, type Handlers, type JobRequest, jobRequestSchema, WscError } from "@wsc-dashboard/wsc-core";
import type { CallContext } from "../calls/call-context.ts";
import type { SubmissionIntake } from "../intake/submission-intake.ts";
import type { JobRules } from "../job-requests/job-rules.ts";
import { createDemoSite } from "./demo-site.ts";

export interface DemoHandlerParts {
  /** Origin of the demo site; `null` if there is none. */
  readonly origin: string | null;
  readonly rules: Pick<JobRules, "check">;
  readonly intake: SubmissionIntake;
}

const patchedKinds = 3;

/** Calls of the demo: its scans are requested like any other. */
export function demoHandlers({ origin, rules, intake }: DemoHandlerParts): Handlers<BffApi, CallContext>["demo"] {
  const demoSite = origin === null ? null : createDemoSite(origin);
  const site = () => {
    if (demoSite === null) throw new WscError("ROUTE_NOT_FOUND", "there is no demo site");
    return demoSite;
  };

  return {
    scan: async ({ body: { signedIn, consent } }, context) => {
      const { origin: target, signIn } = site();
      const request: JobRequest = jobRequestSchema.parse({
        startUrl: `${target}/`,
        memo: "Demo",
        consent,
        ...(signedIn ? { signIn: await signIn() } : {}),
      });
      await rules.check(request);
      return { submission: await intake.submit(request, context) };
    },
    patch: async () => ({
      patched: (await site().patch(patchedKinds)).map(({ item, method, path, parameter }) => ({
        ...{ item, method, path, parameter },
      })),
    }),
    reset: async () => {
      await site().reset();
      return { restored: true };
    },
  };
}

import { type JobRequest, jobRequestSchema, readReservation } from "@wsc-dashboard/wsc-core";
import { type FormRead, jobFieldResolver } from "../../job-fields/job-field-resolver.ts";
import { asRequest } from "../../job-fields/job-field-values.ts";
import type { WizardValues } from "./wizard-values.ts";

function read(values: WizardValues): FormRead<JobRequest> {
  // For a repeated job the schedule form checks the time.
  const timed = values.when.kind === "repeat" ? { ...values, when: { kind: "now" } as const } : values;
  const result = jobRequestSchema.safeParse(asRequest(timed));
  if (result.success) {
    const { when } = result.data;
    if (when.kind === "now") return { value: result.data };
    // A schema cannot check whether a wall time exists and is in the future; the server checks again.
    const { code } = readReservation(when.localTime, when.zone, Date.now());
    return code === undefined ? { value: result.data } : { issues: [{ message: code, path: ["when", "localTime"] }] };
  }
  const isUntimed = values.when.kind === "at" && values.when.localTime === "";
  return {
    issues: result.error.issues.map(({ message, path }) => ({
      message: isUntimed && path.join(".") === "when.localTime" ? "160432" : message,
      path,
    })),
  };
}

export const wizardResolver = jobFieldResolver<WizardValues, JobRequest>(read);

import type { Job, Session } from "@wsc-dashboard/wsc-core";
import type { FieldPath } from "react-hook-form";
import {
  type JobFieldPrefill,
  type JobFieldValues,
  jobFieldValues,
  signInFieldNames,
  targetFieldNames,
} from "../../job-fields/job-field-values.ts";
import type { StartTime } from "../../job-fields/start-time.ts";
import type { WizardStep } from "./wizard-search.ts";

/** The form values: the request body with consent possibly not given yet. */
export interface WizardValues extends JobFieldValues {
  when: StartTime;
}

/** The values of a new job, or prefilled from an earlier one; secrets and consent are never copied. */
export function wizardValues(session: Session, from: Job | null): WizardValues {
  return {
    ...jobFieldValues(session, from === null ? {} : { startUrl: from.startUrl, memo: from.memo }),
    when: { kind: "now" },
    ...(from?.capabilities.rescan ? { rescanOf: from.instanceNo } : {}),
  };
}

/** The values passed to the schedule form through the browser's history: no secrets, no consent. */
export function jobPrefillOf(values: WizardValues): JobFieldPrefill {
  const { startUrl, excludeUrls, items, userAgent, speed, memo, hosting, when } = values;
  const time = when.kind === "at" ? { localTime: when.localTime.slice(11), zone: when.zone } : {};
  return { startUrl, excludeUrls, items, userAgent, speed, memo, hosting, ...time };
}

const stepByField: Readonly<Record<string, WizardStep>> = {
  startUrl: "target",
  excludeUrls: "target",
  rescanOf: "target",
  hosting: "target",
  managedConsent: "target",
  signIn: "signin",
  items: "checks",
  userAgent: "checks",
  speed: "checks",
  memo: "checks",
  when: "when",
};

/** The step on which a form value, named by its path, can be corrected. */
export function stepOfPath(path: string): WizardStep {
  return stepByField[path.split(".")[0] ?? ""] ?? "review";
}

/** react-hook-form needs the full path of each nested value to show its error. */
export const whenFields = ["when", "when.localTime", "when.zone"] as const;

export const fieldsOfStep: Readonly<Record<WizardStep, readonly FieldPath<WizardValues>[]>> = {
  target: targetFieldNames,
  signin: signInFieldNames,
  checks: ["items", "userAgent", "speed", "memo"],
  when: whenFields,
  review: ["consent", "consent.accepted"],
};

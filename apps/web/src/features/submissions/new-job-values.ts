import type { Job, Session } from "@wsc-dashboard/wsc-core";
import type { FieldPath } from "react-hook-form";
import {
  type JobFieldPrefill,
  type JobFieldValues,
  jobFieldValues,
  signInFieldNames,
  targetFieldNames,
} from "../../job-fields/job-field-values.ts";
import type { NewJobStep } from "./new-job-search.ts";

/** `repeat` leads to the form of a schedule; no request for a job has it. */
export type WhenValues =
  | { readonly kind: "now" }
  | { readonly kind: "repeat" }
  | { readonly kind: "at"; readonly localTime: string; readonly zone: string };

/** The form's values: the request body, with what a person has not agreed to yet. */
export interface NewJobValues extends JobFieldValues {
  when: WhenValues;
}

/** A form for a new job, or one prefilled from an earlier job; secrets and consent never come from there. */
export function newJobValues(session: Session, from: Job | null): NewJobValues {
  return {
    ...jobFieldValues(session, from === null ? {} : { startUrl: from.startUrl, memo: from.memo }),
    when: { kind: "now" },
    ...(from?.capabilities.rescan ? { rescanOf: from.instanceNo } : {}),
  };
}

/** What goes along to the form of a schedule by way of the browser's history: no secret, no agreement. */
export function jobPrefillOf(values: NewJobValues): JobFieldPrefill {
  const { startUrl, excludeUrls, items, userAgent, speed, memo, hosting, when } = values;
  const time = when.kind === "at" ? { localTime: when.localTime.slice(11), zone: when.zone } : {};
  return { startUrl, excludeUrls, items, userAgent, speed, memo, hosting, ...time };
}

const stepByField: Readonly<Record<string, NewJobStep>> = {
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
export function stepOfPath(path: string): NewJobStep {
  return stepByField[path.split(".")[0] ?? ""] ?? "review";
}

/** The form library takes errors inside an object only by the name of the value itself. */
export const whenFields = ["when", "when.localTime", "when.zone"] as const;

export const fieldsOfStep: Readonly<Record<NewJobStep, readonly FieldPath<NewJobValues>[]>> = {
  target: targetFieldNames,
  signin: signInFieldNames,
  checks: ["items", "userAgent", "speed", "memo"],
  when: whenFields,
  review: ["consent", "consent.accepted"],
};

import type { Job, JobRequest, Session } from "@wsc-dashboard/wsc-core";
import type { NewJobStep } from "./new-job-search.ts";

export type SignInValues =
  | { readonly kind: "none" }
  | { readonly kind: "headers"; readonly headers: Readonly<Record<string, string>> };

/** The form's values: the request body, with what a person has not agreed to yet. */
export interface NewJobValues {
  startUrl: string;
  excludeUrls: string[];
  items: string[];
  userAgent: string;
  speed: string;
  memo: string;
  hosting: JobRequest["hosting"];
  consent: { textVersion: string; accepted: boolean };
  signIn: SignInValues;
  when: { kind: "now" };
  rescanOf?: string;
}

/** A form for a new job, or one prefilled from an earlier job; secrets and consent never come from there. */
export function newJobValues(session: Session, from: Job | null): NewJobValues {
  return {
    startUrl: from?.startUrl ?? "",
    excludeUrls: [],
    items: ["ALL"],
    userAgent: session.userAgents[0] ?? "",
    speed: session.speeds[0] ?? "",
    memo: from?.memo ?? "",
    hosting: "ncloud",
    consent: { textVersion: session.consentTextVersion, accepted: false },
    signIn: { kind: "none" },
    when: { kind: "now" },
    ...(from?.capabilities.rescan ? { rescanOf: from.instanceNo } : {}),
  };
}

const stepByField: Readonly<Record<string, NewJobStep>> = {
  startUrl: "target",
  excludeUrls: "target",
  rescanOf: "target",
  hosting: "target",
  signIn: "signin",
  items: "checks",
  userAgent: "checks",
  speed: "checks",
  memo: "checks",
};

/** The step on which a form value, named by its path, can be corrected. */
export function stepOfPath(path: string): NewJobStep {
  return stepByField[path.split(".")[0] ?? ""] ?? "review";
}

export const fieldsOfStep: Readonly<Record<NewJobStep, readonly (keyof NewJobValues)[]>> = {
  target: ["startUrl", "excludeUrls"],
  signin: ["signIn"],
  checks: ["items", "userAgent", "speed", "memo"],
  review: ["consent"],
};

/** The id of the control that holds a form value. */
export function anchorOf(path: string): string {
  return `field-${path.split(".")[0]}`;
}

/** Names and values of a request, typed in rows. */
export interface HeaderRow {
  readonly id: number;
  readonly name: string;
  readonly value: string;
}

/** The rows that have a value. One without a name stays, so that it is refused and not lost. */
export function headersOf(rows: readonly HeaderRow[]): Record<string, string> {
  const typed = rows.filter(({ value }) => value.trim() !== "");
  return Object.fromEntries(typed.map(({ name, value }) => [name.trim(), value.trim()]));
}

/** 128 random bits; `randomUUID` would need a secure context, which a dashboard on a plain local network has not. */
export function createIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

import { currentConsentVersion, type JobRequest, type Session, type SignIn } from "@wsc-dashboard/wsc-core";
import type { FieldPath } from "react-hook-form";
import { loginFieldNames } from "./sign-in-entry.ts";

interface Agreement {
  textVersion: string;
  accepted: boolean;
}
/** The version of the consent texts on this page, which may be older than the server's. */
const textVersion = currentConsentVersion;

/** The input for a job, whenever it runs: the request body, with consent not given yet. */
export interface JobFieldValues {
  startUrl: string;
  excludeUrls: string[];
  items: string[];
  userAgent: string;
  speed: string;
  memo: string;
  hosting: JobRequest["hosting"];
  consent: Agreement;
  /** Only for a server of another company. */
  managedConsent: Agreement;
  signIn: SignIn;
  rescanOf?: string;
}

/** Values that may be prefilled: never a secret, never a consent. */
export type JobFieldPrefill = Partial<
  Pick<JobFieldValues, "startUrl" | "excludeUrls" | "items" | "userAgent" | "speed" | "memo" | "hosting">
> & { readonly localTime?: string; readonly zone?: string };

export function jobFieldValues(session: Session, prefill: JobFieldPrefill = {}): JobFieldValues {
  return {
    startUrl: prefill.startUrl ?? "",
    excludeUrls: prefill.excludeUrls ?? [],
    items: prefill.items ?? ["ALL"],
    userAgent: prefill.userAgent ?? session.userAgents[0] ?? "",
    speed: prefill.speed ?? session.speeds[0] ?? "",
    memo: prefill.memo ?? "",
    hosting: prefill.hosting ?? "ncloud",
    consent: { textVersion, accepted: false },
    managedConsent: { textVersion, accepted: false },
    signIn: { kind: "none" },
  };
}

/** The values as a request: without `managedConsent` where it does not apply. */
export function asRequest<Values extends JobFieldValues>(values: Values): Omit<Values, "managedConsent"> {
  if (values.hosting === "managed") return values;
  const { managedConsent: _, ...rest } = values;
  return rest;
}

/** react-hook-form needs the full path of each nested value to show its error. */
export const targetFieldNames = [
  "startUrl",
  "excludeUrls",
  "hosting",
  "managedConsent",
  "managedConsent.accepted",
] as const satisfies readonly FieldPath<JobFieldValues>[];
export const signInFieldNames = [
  "signIn",
  "signIn.extra",
  ...loginFieldNames.map((name) => `signIn.${name}` as const),
] as const;

/** The id of a form value's control. */
export function anchorOf(path: string): string {
  const [name = "", inner = ""] = path.split(".");
  const hasOwnControl = name === "signIn" && [...loginFieldNames, "extra"].includes(inner);
  return `field-${hasOwnControl ? `${name}-${inner}` : name}`;
}

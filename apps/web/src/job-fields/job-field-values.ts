import type { JobRequest, Session } from "@wsc-dashboard/wsc-core";

type SignInValues =
  | { readonly kind: "none" }
  | { readonly kind: "headers"; readonly headers: Readonly<Record<string, string>> };

/** What a person says about a job, whenever it runs: the request body, with what nobody has agreed to yet. */
export interface JobFieldValues {
  startUrl: string;
  excludeUrls: string[];
  items: string[];
  userAgent: string;
  speed: string;
  memo: string;
  hosting: JobRequest["hosting"];
  consent: { textVersion: string; accepted: boolean };
  signIn: SignInValues;
  rescanOf?: string;
}

/** What may be taken over from elsewhere: never a secret, never an agreement. */
export type JobFieldPrefill = Partial<
  Pick<JobFieldValues, "startUrl" | "excludeUrls" | "items" | "userAgent" | "speed" | "memo">
>;

export function jobFieldValues(session: Session, prefill: JobFieldPrefill = {}): JobFieldValues {
  return {
    startUrl: prefill.startUrl ?? "",
    excludeUrls: prefill.excludeUrls ?? [],
    items: prefill.items ?? ["ALL"],
    userAgent: prefill.userAgent ?? session.userAgents[0] ?? "",
    speed: prefill.speed ?? session.speeds[0] ?? "",
    memo: prefill.memo ?? "",
    hosting: "ncloud",
    consent: { textVersion: session.consentTextVersion, accepted: false },
    signIn: { kind: "none" },
  };
}

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

export const firstHeaderRows: readonly HeaderRow[] = [{ id: 1, name: "Cookie", value: "" }];

/** The rows that have a value. One without a name stays, so that it is refused and not lost. */
export function headersOf(rows: readonly HeaderRow[]): Record<string, string> {
  const typed = rows.filter(({ value }) => value.trim() !== "");
  return Object.fromEntries(typed.map(({ name, value }) => [name.trim(), value.trim()]));
}

import { errorEntry, isErrorCode } from "./catalogue.ts";

/**
 * Where in an answer a failure code stood. gateway-error and service-error: `error.errorCode`, the documented place (contract
 * sections 5.2 and 5.3), and nothing that looks like a result beside it; return-code: a non-zero `returnCode` without
 * `resources`; other: everything else.
 */
export const envelopeForms = ["gateway-error", "service-error", "return-code", "other"] as const;
export type EnvelopeForm = (typeof envelopeForms)[number];

export interface RefusalFacts {
  /** The vendor's code as text. */
  readonly code: string | null;
  readonly form: EnvelopeForm | null;
  readonly httpStatus: number | null;
}

/** The HTTP statuses with which the vendor documents a code (docs/upstream-api.md section 11); none for codes it does not document. */
export function documentedStatuses(code: string): readonly number[] {
  if (!isErrorCode(code)) return [];
  const { upstreamStatus, newerUpstreamStatus } = errorEntry(code);
  return [upstreamStatus, newerUpstreamStatus].filter((status) => status !== undefined);
}

/**
 * Whether an answer to createJob means that there is certainly no job: a documented code that rules a job out, in the
 * documented envelope, with the HTTP status documented for it. Everything else is doubt, which the list alone settles.
 */
export function isCertainRefusal({ code, form, httpStatus }: RefusalFacts): boolean {
  if (code === null || form === null || httpStatus === null || !isErrorCode(code)) return false;
  const { origin, created } = errorEntry(code);
  if (created !== "no" || !documentedStatuses(code).includes(httpStatus)) return false;
  return origin === "gateway" ? form === "gateway-error" : form === "service-error" || form === "return-code";
}

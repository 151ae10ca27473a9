import { errorEntry, isErrorCode } from "./catalogue.ts";

/**
 * Where a response carried its failure code. gateway-error and service-error: `error.errorCode`, the documented place (contract
 * sections 5.2 and 5.3), with nothing beside it that looks like a result; return-code: a non-zero `returnCode` without
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

/** Returns the HTTP statuses that the vendor documents for a code (docs/upstream-api.md section 11); empty if undocumented. */
export function documentedStatuses(code: string): readonly number[] {
  if (!isErrorCode(code)) return [];
  const { upstreamStatus, newerUpstreamStatus } = errorEntry(code);
  return [upstreamStatus, newerUpstreamStatus].filter((status) => status !== undefined);
}

/**
 * Returns whether a createJob response proves that no job was created: a documented code that rules a job out, in the documented
 * envelope, with the HTTP status documented for it. Anything else is in doubt and only the list settles it.
 */
export function isCertainRefusal({ code, form, httpStatus }: RefusalFacts): boolean {
  if (code === null || form === null || httpStatus === null || !isErrorCode(code)) return false;
  const { origin, created } = errorEntry(code);
  if (created !== "no" || !documentedStatuses(code).includes(httpStatus)) return false;
  return origin === "gateway" ? form === "gateway-error" : form === "service-error" || form === "return-code";
}

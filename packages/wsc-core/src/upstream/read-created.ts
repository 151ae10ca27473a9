import { isWireObject, readInstanceNo } from "./wire-values.ts";

const idNames = ["instanceNo", "InstanceNo", "instanceId", "InstanceId"];

/**
 * Returns the id in createJob's payload as a hint: it is the job's id only when the list shows it with the submission's token.
 * The vendor does not document the response (docs/upstream-api.md section 6.6), so only a member with one of four names is used;
 * a bare number or text may be a row count or a code and is no hint.
 */
export function readCreatedHint(payload: unknown): { readonly hint: string | null } {
  if (!isWireObject(payload)) return { hint: null };
  for (const name of idNames) {
    const id = Object.hasOwn(payload, name) ? readInstanceNo(payload[name]) : null;
    if (id !== null) return { hint: id };
  }
  return { hint: null };
}

import { isWireObject, readInstanceNo } from "./wire-values.ts";

const idNames = ["instanceNo", "InstanceNo", "instanceId", "InstanceId"];

/**
 * The id that createJob's payload names, as a hint: it is the job's id only when the list shows it with the submission's token.
 * The vendor's answer is not established (docs/upstream-api.md section 6.6); only a member under one of four names is taken. A bare number
 * or text may as well be a count of rows or a code, so it is no hint at all.
 */
export function readCreatedHint(payload: unknown): { readonly hint: string | null } {
  if (!isWireObject(payload)) return { hint: null };
  for (const name of idNames) {
    const id = Object.hasOwn(payload, name) ? readInstanceNo(payload[name]) : null;
    if (id !== null) return { hint: id };
  }
  return { hint: null };
}

import { isWireObject, readInstanceNo } from "./wire-values.ts";

const idNames = ["instanceNo", "InstanceNo", "instanceId", "InstanceId"];

/**
 * The id in createJob's payload, if there is one. The vendor's answer is not established (contract section 6.6), so it may
 * be null, an id, or an object with the id under any of four names.
 */
export function readCreatedInstanceNo(payload: unknown): string | null {
  if (!isWireObject(payload)) return readInstanceNo(payload);
  for (const name of idNames) {
    const id = readInstanceNo(payload[name]);
    if (id !== null) return id;
  }
  return null;
}

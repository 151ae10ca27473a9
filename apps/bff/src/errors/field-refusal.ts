import { WscError } from "@wsc-dashboard/wsc-core";

/** A refusal of one field by a rule that no schema can hold. `pointer` is the JSON pointer of the field. */
export function fieldRefusal(code: string, pointer: string): WscError {
  return new WscError(code, undefined, { errors: [{ pointer, code }] });
}

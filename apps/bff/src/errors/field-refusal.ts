import { WscError } from "@wsc-dashboard/wsc-core";

/** An error for one field by a rule that a schema cannot express. `pointer` is the JSON pointer of the field. */
export function fieldRefusal(code: string, pointer: string): WscError {
  return new WscError(code, undefined, { errors: [{ pointer, code }] });
}

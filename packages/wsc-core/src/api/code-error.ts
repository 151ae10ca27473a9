/** The error of a check in a schema: a code of the catalogue, so that the field's words come from one place. */
export function codeError(code: string): { error: string } {
  return { error: code };
}

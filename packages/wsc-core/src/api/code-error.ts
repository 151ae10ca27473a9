/** The error of a check in a schema: a code of the catalogue, so that the field's words come from one place. */
export function codeError(code: string): { error: string } {
  return { error: code };
}

/** The error of a limit of length. It aborts: no later check of the value reads a text that is too long anyway. */
export const tooLong = { error: "VALUE_TOO_LONG", abort: true } as const;

/** Returns the error option of a schema check: a code of the catalogue, so that error texts come from one place. */
export function codeError(code: string): { error: string } {
  return { error: code };
}

/** Error option of a length limit. It aborts, so that no later check reads a text that is too long. */
export const tooLong = { error: "VALUE_TOO_LONG", abort: true } as const;

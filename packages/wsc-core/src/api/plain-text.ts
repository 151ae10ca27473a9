import * as z from "zod/mini";

/** Refused in multi-line text: control (but line ends and tabs), surrogate, private-use and unassigned characters. */
const notPlain = /[^\P{C}\n\t\p{Cf}]/u;
/** Characters refused in a single-line text. */
const notInLine = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u;

/** A multi-line plain text by a person, trimmed. `maxLength` in UTF-16 units. */
export const plainText = (maxLength: number) =>
  z.string().check(
    z.trim(),
    z.minLength(1),
    z.maxLength(maxLength),
    z.refine((text) => !notPlain.test(text)),
  );

/** The same in a single line. */
export const plainLine = (maxLength: number) =>
  z.string().check(
    z.trim(),
    z.minLength(1),
    z.maxLength(maxLength),
    z.refine((text) => !notInLine.test(text)),
  );

import * as z from "zod/mini";

/** What may stand in a text of several lines beside line ends and tabs: no control characters, nothing that is half a character. */
const notPlain = /[^\P{C}\n\t\p{Cf}]/u;
/** In a text of one line. */
const notInLine = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u;

/** A plain text of several lines that a person wrote, without blanks at its ends. `maxLength` in UTF-16 units. */
export const plainText = (maxLength: number) =>
  z.string().check(
    z.trim(),
    z.minLength(1),
    z.maxLength(maxLength),
    z.refine((text) => !notPlain.test(text)),
  );

/** The same on one line. */
export const plainLine = (maxLength: number) =>
  z.string().check(
    z.trim(),
    z.minLength(1),
    z.maxLength(maxLength),
    z.refine((text) => !notInLine.test(text)),
  );

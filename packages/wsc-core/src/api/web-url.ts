import * as z from "zod/mini";
import { readWebUrl } from "../domain/target.ts";
import { codeError, tooLong } from "./code-error.ts";
import { limits } from "./limits.ts";

const blanks = " \t\r\n";

/** Removes the blanks and line ends around a copied URL. Other characters stay and make the URL invalid. */
function trimmed(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && blanks.includes(text.charAt(start))) start += 1;
  while (end > start && blanks.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/**
 * A required absolute http or https URL. Its output is the text that is judged, stored and sent: the URL serialised by the WHATWG
 * parser. A URL that another parser could read differently is refused with URL_INVALID.
 */
export const webUrlSchema = z.string().check(
  z.maxLength(limits.urlLength, tooLong),
  z.overwrite(trimmed),
  z.refine((text) => text !== "", { ...codeError("160432"), abort: true }),
  z.refine((text) => /^https?:\/\//i.test(text), { ...codeError("160331"), abort: true }),
  z.refine((text) => readWebUrl(text) !== null, { ...codeError("URL_INVALID"), abort: true }),
  z.overwrite((text) => readWebUrl(text) ?? text),
  // Percent-encoding makes a URL longer.
  z.maxLength(limits.urlLength, tooLong),
);

/** A URL that the scan leaves out. */
export const excludeUrlSchema = z.string().check(
  z.maxLength(limits.urlLength, tooLong),
  z.overwrite(trimmed),
  z.refine((text) => readWebUrl(text) !== null, { ...codeError("URL_INVALID"), abort: true }),
  z.overwrite((text) => readWebUrl(text) ?? text),
  z.maxLength(limits.urlLength, tooLong),
);

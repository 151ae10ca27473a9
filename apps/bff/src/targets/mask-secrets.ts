import { createLiteralSearch, redacted } from "@wsc-dashboard/wsc-core";
import { spellings } from "../log/redaction.ts";

/** The rest of a text is neither examined nor shown. In UTF-16 units. */
export const maxMaskedLength = 4_000;
/** Maximum number of spellings of secrets. Above it nothing of the text is shown. */
const maxValues = 400;
/** A shorter secret may be an ordinary word, so it is masked only as a whole word in the same case. */
const longSecret = 8;

const wordSign = /[\p{L}\p{N}_]/u;
const folded = (text: string): string => text.replace(/\s+/g, " ").trim();
/** As encoded by application/x-www-form-urlencoded. */
const formEncoded = (text: string): string => new URLSearchParams({ "": text }).toString().slice(1);

/** Folds the case of one character, unless its length changes: indexes stay the same in both texts. */
function foldSign(sign: string): string {
  const lower = sign.toUpperCase().toLowerCase();
  return lower.length === 1 ? lower : sign;
}
const foldCase = (text: string): string =>
  Array.from({ length: text.length }, (_, at) => foldSign(text.charAt(at))).join("");

function isWholeWord(text: string, start: number, end: number): boolean {
  return !wordSign.test(text.charAt(start - 1)) && !wordSign.test(text.charAt(end));
}

/** Maximum total length of the spellings, in UTF-16 units that can be compared. Above it nothing of the text is shown. */
const maxUnits = 100_000;

/** The spellings to mask; `null` when there are too many. */
function spellingsOf(secrets: readonly string[]): readonly string[] | null {
  const distinct = new Set<string>();
  let units = 0;
  for (const secret of new Set(secrets)) {
    for (const value of [...spellings(secret), formEncoded(secret), folded(secret)]) {
      if (value === "" || distinct.has(value)) continue;
      distinct.add(value);
      units += Math.min(value.length, maxMaskedLength);
    }
    if (distinct.size > maxValues || units > maxUnits) return null;
  }
  return [...distinct];
}

/**
 * Returns a function that masks the values that we sent or received in a text of the target, in every spelling in which a page
 * may repeat them, and cuts it to `maxMaskedLength`. Cost: the length of the values once, and that limit for each text.
 */
export function createMask(secrets: readonly string[]): (text: string) => string {
  const values = spellingsOf(secrets);
  if (values === null) return () => redacted;
  const isLong = (value: string): boolean => value.length >= longSecret;
  // The text is never longer, so more of a value cannot match.
  const long = createLiteralSearch(values.filter(isLong).map((value) => foldCase(value.slice(0, maxMaskedLength + 1))));
  const short = createLiteralSearch(values.filter((value) => !isLong(value)));
  return (text) => {
    const shown = text.slice(0, maxMaskedLength);
    const hidden = new Uint8Array(shown.length);
    const hide = (start: number, end: number): true => {
      hidden.fill(1, start, end);
      return true;
    };
    const isCut = shown.length < text.length;
    const hideEnd = (length: number): void => void (isCut && hide(shown.length - length, shown.length));
    hideEnd(long.scan(foldCase(shown), hide));
    hideEnd(short.scan(shown, (start, end) => isWholeWord(shown, start, end) && hide(start, end)));
    let masked = "";
    for (let at = 0; at < shown.length; at += 1) {
      if (hidden[at] === 0) masked += shown.charAt(at);
      else if (at === 0 || hidden[at - 1] === 0) masked += redacted;
    }
    return masked.toWellFormed();
  };
}

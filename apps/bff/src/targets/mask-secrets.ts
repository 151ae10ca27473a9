import { redacted } from "@wsc-dashboard/wsc-core";
import { spellings } from "../log/redaction.ts";

/** More of a text is not looked at and not shown, in UTF-16 units. */
export const maxMaskedLength = 4_000;
/** Spellings of secrets that are looked for. With more of them nothing of the text is shown. */
const maxValues = 400;
/** A shorter secret may be an ordinary word: it is masked only as a whole word and in the same case. */
const longSecret = 8;

const wordSign = /[\p{L}\p{N}_]/u;
const folded = (text: string): string => text.replace(/\s+/g, " ").trim();
/** As application/x-www-form-urlencoded has it. */
const formEncoded = (text: string): string => new URLSearchParams({ "": text }).toString().slice(1);

/** The sign without its case, when that is one sign too: places in both texts stay the same. */
function foldSign(sign: string): string {
  const lower = sign.toUpperCase().toLowerCase();
  return lower.length === 1 ? lower : sign;
}
const foldCase = (text: string): string =>
  Array.from({ length: text.length }, (_, at) => foldSign(text.charAt(at))).join("");

/** For each place of the pattern: how long its longest beginning is that ends there and is shorter (Knuth, Morris, Pratt). */
function bordersOf(pattern: string): Uint32Array {
  const borders = new Uint32Array(pattern.length);
  for (let at = 1, length = 0; at < pattern.length; at += 1) {
    while (length > 0 && pattern[at] !== pattern[length]) length = borders[length - 1] ?? 0;
    if (pattern[at] === pattern[length]) length += 1;
    borders[at] = length;
  }
  return borders;
}

interface Value {
  readonly pattern: string;
  readonly borders: Uint32Array;
  readonly isLong: boolean;
}

function readyToFind(secret: string): Value {
  const isLong = secret.length >= longSecret;
  // The text is no longer than that, so more of the pattern can never be compared.
  const seen = secret.slice(0, maxMaskedLength + 1);
  const pattern = isLong ? foldCase(seen) : seen;
  return { pattern, borders: bordersOf(pattern), isLong };
}

function isWholeWord(text: string, start: number, end: number): boolean {
  return !wordSign.test(text.charAt(start - 1)) && !wordSign.test(text.charAt(end));
}

/** Marks every place where the value stands, and a beginning of it where the text was cut. In the length of both. */
function mark(
  hidden: Uint8Array,
  text: string,
  foldedText: string,
  { pattern, borders, isLong }: Value,
  isCut: boolean,
) {
  const searched = isLong ? foldedText : text;
  let length = 0;
  let marked = 0;
  const hide = (start: number, end: number): void => {
    hidden.fill(1, Math.max(start, marked), end);
    marked = end;
  };
  for (let at = 0; at < searched.length; at += 1) {
    while (length > 0 && searched[at] !== pattern[length]) length = borders[length - 1] ?? 0;
    if (searched[at] === pattern[length]) length += 1;
    if (length < pattern.length) continue;
    const start = at + 1 - length;
    if (isLong || isWholeWord(text, start, at + 1)) hide(start, at + 1);
    length = borders[length - 1] ?? 0;
  }
  if (isCut && length > 0) hide(searched.length - length, searched.length);
}

/**
 * A text of the target without the values we sent it or got from it, in every spelling in which a page may give them back: at most
 * the first `maxMaskedLength` signs of it. Costs values times that bound, however long text and values are.
 */
export function createMask(secrets: readonly string[]): (text: string) => string {
  const distinct = new Set<string>();
  for (const secret of new Set(secrets)) {
    for (const value of [...spellings(secret), formEncoded(secret), folded(secret)])
      if (value !== "") distinct.add(value);
    if (distinct.size > maxValues) return () => redacted;
  }
  const values = [...distinct].map(readyToFind);
  return (text) => {
    const shown = text.slice(0, maxMaskedLength);
    const foldedText = foldCase(shown);
    const hidden = new Uint8Array(shown.length);
    for (const value of values) mark(hidden, shown, foldedText, value, shown.length < text.length);
    let masked = "";
    for (let at = 0; at < shown.length; at += 1) {
      if (hidden[at] === 0) masked += shown.charAt(at);
      else if (at === 0 || hidden[at - 1] === 0) masked += redacted;
    }
    return masked.toWellFormed();
  };
}

import { createHash } from "node:crypto";

/** Length of a SHA-256 in hex, as it stands in a shortened text. */
const hashLength = 64;
const unstorable = /\0|\p{Surrogate}/gu;
/** Control characters, and those that reverse the writing. */
const unseen = /\p{Cc}|\p{Surrogate}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** The text as databases take it: PostgreSQL stores no U+0000, and no UTF-8 holds half a character. */
export function storableText(text: string): string {
  return text.replace(unstorable, "\ufffd");
}

/** The text in one line without control characters, for titles and names. */
export function plainLine(text: string): string {
  return text
    .replace(/[\t\n\r]/g, " ")
    .replace(unseen, "\ufffd")
    .trim();
}

/** Whether a percent-escape at `at` is a continuation byte of UTF-8. */
const isContinuation = (text: string, at: number): boolean => /^%[89AB][0-9A-F]/i.test(text.slice(at, at + 3));
const isEscape = (text: string, at: number): boolean => /^%[0-9A-F]{2}/i.test(text.slice(at, at + 3));

/** At most `limit` UTF-16 units of the beginning. Neither a character nor a percent-encoded one is cut in two. */
export function beginningOf(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let end = Math.max(0, limit);
  const last = text.charCodeAt(end - 1);
  if (last >= 0xd800 && last <= 0xdbff) end -= 1;
  for (const back of [1, 2]) if (isEscape(text, end - back)) end -= back;
  // A character of UTF-8 has three continuation bytes at most.
  for (let step = 0; step < 3 && isContinuation(text, end) && isEscape(text, end - 3); step += 1) end -= 3;
  return text.slice(0, Math.max(0, end));
}

/**
 * An identifier that fits the receiver's field. A longer one keeps its beginning and ends in a hash of the whole, so that it is
 * the same in every run and another one for another text.
 */
export function fittingId(id: string, limit: number): string {
  if (id.length <= limit) return id;
  const hash = createHash("sha256").update(id).digest("hex");
  return `${beginningOf(id, limit - hashLength - 1)}~${hash}`;
}

/** The beginning of a text, and behind it in words that it was cut. */
export function shortened(text: string, limit: number, cut: (shown: number, all: number) => string): string {
  if (text.length <= limit) return text;
  const shown = beginningOf(text, limit);
  return `${shown} ${cut(shown.length, text.length)}`;
}

/** Longest text that an export repeats with each finding, in characters; the JSON export has it whole, once. */
export const maxRepeatedLength = 10_000;

import { createHash } from "node:crypto";

/** Length of the hex SHA-256 in a shortened text. */
const hashLength = 64;
const unstorable = /\0|\p{Surrogate}/gu;
/** Control characters and bidirectional controls. */
const unseen = /\p{Cc}|\p{Surrogate}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** The text without characters that databases reject: PostgreSQL stores no U+0000, and UTF-8 has no lone surrogates. */
export function storableText(text: string): string {
  return text.replace(unstorable, "\ufffd");
}

/** The text on one line without control characters, for titles and names. */
export function plainLine(text: string): string {
  return text
    .replace(/[\t\n\r]/g, " ")
    .replace(unseen, "\ufffd")
    .trim();
}

/** The text for a SARIF message, in which `[text](target)` is a link unless its brackets are escaped (SARIF 2.1.0, 3.11.6). */
export function messageText(text: string): string {
  return text.includes("](") ? text.replace(/[[\]]/g, "\\$&") : text;
}

/** Whether a percent-escape at `at` is a continuation byte of UTF-8. */
const isContinuation = (text: string, at: number): boolean => /^%[89AB][0-9A-F]/i.test(text.slice(at, at + 3));
const isEscape = (text: string, at: number): boolean => /^%[0-9A-F]{2}/i.test(text.slice(at, at + 3));

/** The beginning of a text, at most `limit` UTF-16 units. Splits neither a character nor a percent-encoded one. */
export function beginningOf(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let end = Math.max(0, limit);
  const last = text.charCodeAt(end - 1);
  if (last >= 0xd800 && last <= 0xdbff) end -= 1;
  for (const back of [1, 2]) if (isEscape(text, end - back)) end -= back;
  // A UTF-8 character has at most three continuation bytes.
  for (let step = 0; step < 3 && isContinuation(text, end) && isEscape(text, end - 3); step += 1) end -= 3;
  return text.slice(0, Math.max(0, end));
}

/**
 * An identifier within the importer's limit. A longer one is cut and ends with a hash of the whole, so that it is stable across
 * runs and differs between texts.
 */
export function fittingId(id: string, limit: number): string {
  if (id.length <= limit) return id;
  const hash = createHash("sha256").update(id).digest("hex");
  return `${beginningOf(id, limit - hashLength - 1)}~${hash}`;
}

/** The beginning of a text, followed by a note that it was cut. */
export function shortened(text: string, limit: number, cut: (shown: number, all: number) => string): string {
  if (text.length <= limit) return text;
  const shown = beginningOf(text, limit);
  return `${shown} ${cut(shown.length, text.length)}`;
}

/** Maximum length of a text repeated with each finding, in characters; the JSON export contains it once, uncut. */
export const maxRepeatedLength = 10_000;

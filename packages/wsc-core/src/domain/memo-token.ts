/**
 * createJob may respond without an id, so every memo begins with a token by which the job is found again (docs/upstream-api.md
 * section 0 point 2; docs/decisions/0012). People never see it. Earlier versions put it at the end.
 */
const alphabet = "abcdefghijklmnopqrstuvwxyz234567";
const tokenAtStart = /^wsc[a-z2-7]{16}(?=\s|$)/i;
const tokenAtEnd = /(?<=^|\s)wsc[a-z2-7]{16}$/i;
const tokenWord = /(?<=^|\s)wsc[a-z2-7]{16}(?=\s|$)/i;
/** Matches at every position, overlapping matches included. */
const anyToken = /(?=(wsc[a-z2-7]{16}))/g;
const separator = " ";
/** "wsc" and 16 base32 characters; length in characters. */
export const memoTokenLength = 19;

/** Creates a token, "wsc" and 80 bits in base32, from ten random bytes. Throws RangeError for any other length. */
export function createMemoToken(randomBytes: Uint8Array): string {
  if (randomBytes.length !== 10) throw new RangeError("a memo token needs ten random bytes");
  let bits = 0n;
  for (const byte of randomBytes) bits = (bits << 8n) | BigInt(byte);
  let text = "";
  for (let shift = 75n; shift >= 0n; shift -= 5n) text += alphabet[Number((bits >> shift) & 31n)];
  return `wsc${text}`;
}

/** Returns the memo to send: the token, one blank, the person's text trimmed. */
export function prependMemoToken(memo: string, token: string): string {
  const words = memo.trim();
  return words === "" ? token : `${token}${separator}${words}`;
}

/** Returns every text shaped like a token in a wire memo, at any position and in any case, in lower case. */
export function memoTokensIn(wireMemo: string): ReadonlySet<string> {
  return new Set(Array.from(wireMemo.toLowerCase().matchAll(anyToken), ([, token = ""]) => token));
}

/** Returns the person's text without token and separator: the token at the start, else at the end, else the first in between. */
export function stripMemoToken(wireMemo: string): string {
  const trimmed = wireMemo.trim();
  const place = [tokenAtStart, tokenAtEnd, tokenWord].find((pattern) => pattern.test(trimmed));
  if (place === undefined) return wireMemo;
  const { index = 0, 0: token = "" } = place.exec(trimmed) ?? {};
  const [before, after] = [trimmed.slice(0, index), trimmed.slice(index + token.length)];
  return before === "" || after === "" ? (before + after).trim() : `${before.trimEnd()} ${after.trimStart()}`;
}

/** What the upstream kept of a memo: all of it, its start (`length` characters), or another text. */
export type KeptMemo =
  | { readonly kind: "whole"; readonly length: number }
  | { readonly kind: "cut"; readonly length: number }
  | { readonly kind: "changed" };

const oneBlank = (text: string): string => text.trim().replace(/\s+/g, " ");

/** Returns the length of a memo in characters, for comparison with memos seen whole. */
export const memoLengthOf = (memo: string): number => oneBlank(memo).length;

/**
 * Compares the sent memo with the listed one. Differences in white space, and marks added before or after, still count as whole.
 */
export function compareMemo(sent: string, kept: string): KeptMemo {
  const [whole, shown] = [oneBlank(sent), oneBlank(kept)];
  if (shown.includes(whole)) return { kind: "whole", length: whole.length };
  return whole.startsWith(shown) || whole.endsWith(shown) ? { kind: "cut", length: shown.length } : { kind: "changed" };
}

/**
 * createJob may answer without an id, so every submission begins its memo with a token by which its job is found again
 * (docs/upstream-api.md section 0 point 2; docs/decisions/0012). People never see it. Earlier versions put it at the end.
 */
const alphabet = "abcdefghijklmnopqrstuvwxyz234567";
const tokenAtStart = /^wsc[a-z2-7]{16}(?=\s|$)/i;
const tokenAtEnd = /(?<=^|\s)wsc[a-z2-7]{16}$/i;
const tokenWord = /(?<=^|\s)wsc[a-z2-7]{16}(?=\s|$)/i;
/** Looks at every place, also inside of another match. */
const anyToken = /(?=(wsc[a-z2-7]{16}))/g;
const separator = " ";
/** "wsc" and 16 signs of base32, in characters. */
export const memoTokenLength = 19;

/** Makes a token, "wsc" and 80 bits in base32, from ten random bytes. Throws RangeError for any other length. */
export function createMemoToken(randomBytes: Uint8Array): string {
  if (randomBytes.length !== 10) throw new RangeError("a memo token needs ten random bytes");
  let bits = 0n;
  for (const byte of randomBytes) bits = (bits << 8n) | BigInt(byte);
  let text = "";
  for (let shift = 75n; shift >= 0n; shift -= 5n) text += alphabet[Number((bits >> shift) & 31n)];
  return `wsc${text}`;
}

/** The memo that goes on the wire: the token, one blank, the person's words without blanks around them. */
export function prependMemoToken(memo: string, token: string): string {
  const words = memo.trim();
  return words === "" ? token : `${token}${separator}${words}`;
}

/** Every text of the form of a token in a wire memo, wherever it stands and in whichever case, in lower case. */
export function memoTokensIn(wireMemo: string): ReadonlySet<string> {
  return new Set(Array.from(wireMemo.toLowerCase().matchAll(anyToken), ([, token = ""]) => token));
}

/** The person's words without token and separator: the token at the start, else at the end, else the first one in between. */
export function stripMemoToken(wireMemo: string): string {
  const trimmed = wireMemo.trim();
  const place = [tokenAtStart, tokenAtEnd, tokenWord].find((pattern) => pattern.test(trimmed));
  if (place === undefined) return wireMemo;
  const { index = 0, 0: token = "" } = place.exec(trimmed) ?? {};
  const [before, after] = [trimmed.slice(0, index), trimmed.slice(index + token.length)];
  return before === "" || after === "" ? (before + after).trim() : `${before.trimEnd()} ${after.trimStart()}`;
}

/** What the upstream made of a memo: all of it is there, it ends early (`length` characters are left), or it is another text. */
export type KeptMemo =
  | { readonly kind: "whole"; readonly length: number }
  | { readonly kind: "cut"; readonly length: number }
  | { readonly kind: "changed" };

const oneBlank = (text: string): string => text.trim().replace(/\s+/g, " ");

/** The length of a memo in characters, by which it is compared with memos that were seen whole. */
export const memoLengthOf = (memo: string): number => oneBlank(memo).length;

/**
 * Compares the memo that was sent with the one the list shows. White space may differ, and a mark may have been added before or
 * after; both leave the sent text whole.
 */
export function compareMemo(sent: string, kept: string): KeptMemo {
  const [whole, shown] = [oneBlank(sent), oneBlank(kept)];
  if (shown.includes(whole)) return { kind: "whole", length: whole.length };
  return whole.startsWith(shown) || whole.endsWith(shown) ? { kind: "cut", length: shown.length } : { kind: "changed" };
}

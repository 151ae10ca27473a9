/**
 * createJob may answer without an id, so every submission ends its memo with a token by which its job is found again
 * (docs/upstream-api.md section 0 point 2). People never see it.
 */
const alphabet = "abcdefghijklmnopqrstuvwxyz234567";
const tokenAtEnd = /(?:^|\s)(wsc[a-z2-7]{16})$/;
const separator = " ";

/** Makes a token, "wsc" and 80 bits in base32, from ten random bytes. Throws RangeError for any other length. */
export function createMemoToken(randomBytes: Uint8Array): string {
  if (randomBytes.length !== 10) throw new RangeError("a memo token needs ten random bytes");
  let bits = 0n;
  for (const byte of randomBytes) bits = (bits << 8n) | BigInt(byte);
  let text = "";
  for (let shift = 75n; shift >= 0n; shift -= 5n) text += alphabet[Number((bits >> shift) & 31n)];
  return `wsc${text}`;
}

/** The memo that goes on the wire: the person's words, one blank, the token. */
export function appendMemoToken(memo: string, token: string): string {
  const words = memo.trimEnd();
  return words === "" ? token : `${words}${separator}${token}`;
}

/** The token at the end of a wire memo, or `null`. */
export function memoTokenOf(wireMemo: string): string | null {
  return tokenAtEnd.exec(wireMemo.trimEnd())?.[1] ?? null;
}

/** The person's words without token and separator. */
export function stripMemoToken(wireMemo: string): string {
  const trimmed = wireMemo.trimEnd();
  return tokenAtEnd.test(trimmed) ? trimmed.replace(tokenAtEnd, "").trimEnd() : wireMemo;
}

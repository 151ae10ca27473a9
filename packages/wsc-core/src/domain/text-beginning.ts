/** Returns the beginning of a text, at most `limit` UTF-16 units, without half of a character at its end. */
export function textBeginning(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit);
}

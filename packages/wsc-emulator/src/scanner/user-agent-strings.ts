/**
 * The identity sent for each reserved word of docs/upstream-api.md section 6.4. The vendor's own strings are not
 * published; these are what current browsers of that kind send.
 */
const userAgentStrings: ReadonlyMap<string, string> = new Map([
  [
    "PC Chrome",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
  ],
  ["PC IE", "Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko"],
  [
    "Android",
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
  ],
  [
    "iPhone",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1",
  ],
]);

/** Returns the User-Agent header of a reserved word; any other word is returned unchanged. */
export function userAgentString(word: string): string {
  return userAgentStrings.get(word) ?? word;
}

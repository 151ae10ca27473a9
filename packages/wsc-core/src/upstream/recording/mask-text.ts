/** Returns bytes derived from a word and a secret of the file: equal for equal words, and not reversible. */
export type WordDigest = (word: string, length: number) => Uint8Array;

export interface TextMask {
  /** Replaces every word by one of the same length and kind of letters; `kept`: words in lower case that are not replaced. */
  text(value: string, kept?: ReadonlySet<string>): string;
  /** Replaces the digits of a JSON number; sign, length, fraction and exponent stay. */
  number(literal: string): string;
}

const escapesOrWords = /(?:%[0-9a-f]{2})+|[\p{L}\p{M}\p{N}]+/giu;
const otherSigns = /[^\p{L}\p{M}\p{N}\p{P}\p{Z}\s\x20-\x7e]/gu;
const token = /^wsc[a-z2-7]{16}$/i;
const schemes: ReadonlySet<string> = new Set(["http", "https"]);
const base32 = "abcdefghijklmnopqrstuvwxyz234567";

/** First and last letter of each script; a letter is replaced by one of its own script. */
const scripts = [
  [0x61, 0x7a],
  [0x41, 0x5a],
  [0x30, 0x39],
  [0xac00, 0xd7a3],
  [0x3041, 0x3096],
  [0x30a1, 0x30fa],
  [0x4e00, 0x9fff],
] as const;

function maskLetter(letter: string, first: number, second: number): string {
  const code = letter.codePointAt(0) ?? 0;
  const script = scripts.find(([from, to]) => code >= from && code <= to);
  const value = first * 256 + second;
  if (script !== undefined) return String.fromCodePoint(script[0] + (value % (script[1] - script[0] + 1)));
  return String.fromCodePoint(code > 0xffff ? 0x20000 + value : 0xe0 + (value % 23));
}

/** First digit of a number, such that a port stays a valid port and a part of an IP address stays small. */
const headOfNumber = (word: string): string => (word.startsWith("0") ? "0" : word.length > 2 ? "1" : "");

/** Creates the mask. Separators, lengths, scripts, letter case and equality of words stay; runs in linear time. */
export function createTextMask(digest: WordDigest): TextMask {
  const known = new Map<string, Uint8Array>();
  const maxKnown = 20_000;

  function bytesOf(word: string, length: number): Uint8Array {
    const key = word.toLowerCase();
    const kept = known.get(key);
    if (kept !== undefined && kept.length >= length) return kept;
    const bytes = digest(key, length);
    if (known.size < maxKnown && key.length <= 100) known.set(key, bytes);
    return bytes;
  }

  function maskWord(word: string): string {
    const letters = [...word];
    const bytes = bytesOf(word, letters.length * 2);
    const at = (index: number): number => bytes[index] ?? 0;
    if (token.test(word))
      return (
        word.slice(0, 3) +
        letters
          .slice(3)
          .map((_, index) => base32[at(index) % 32])
          .join("")
      );
    const masked = letters.map((letter, index) => maskLetter(letter, at(2 * index), at(2 * index + 1)));
    if (/^[0-9]+$/.test(word)) {
      const head = headOfNumber(word);
      if (head !== "") masked[0] = head;
      else if (masked[0] === "0") masked[0] = "3";
    }
    return masked.join("");
  }

  /** Percent-encoded bytes stay percent-encoded letters, so that an address can still be parsed. */
  function maskEscapes(escapes: string): string {
    const count = escapes.length / 3;
    const bytes = bytesOf(escapes, count);
    return Array.from({ length: count }, (_, index) => `%${(0x41 + ((bytes[index] ?? 0) % 26)).toString(16)}`).join("");
  }

  return {
    text: (value, kept) =>
      value.replace(otherSigns, "·").replace(escapesOrWords, (word) => {
        if (word.startsWith("%")) return maskEscapes(word);
        const key = word.toLowerCase();
        return schemes.has(key) || kept?.has(key) ? word : maskWord(word);
      }),
    number(literal) {
      const [mantissa = "", exponent = ""] = literal.split(/(?=e)/i);
      const digits = mantissa.replace(/[^0-9]/g, "");
      const bytes = bytesOf(digits, digits.length);
      let place = 0;
      const masked = mantissa.replace(/[0-9]/g, (digit) => {
        const value = bytes[place] ?? 0;
        place += 1;
        // A first digit of zero stays zero; any other first digit never becomes zero.
        if (digit === "0" && place === 1) return "0";
        return String(place === 1 ? 1 + (value % 9) : value % 10);
      });
      return masked + exponent;
    },
  };
}

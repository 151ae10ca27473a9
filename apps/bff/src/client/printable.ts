// Controls, invisible formats such as bidi overrides, separators: what a terminal or a log viewer would obey.
const deceptive = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Text from outside on one line, with every character that is not seen written out, as in [U+001B]. */
export function printable(text: string): string {
  return text.replace(
    deceptive,
    (character) => `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`,
  );
}

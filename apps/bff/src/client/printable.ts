// Control characters, invisible formats such as bidi overrides, and separators, which a terminal or log viewer would interpret.
const deceptive = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** External text on one line, with invisible characters written as in [U+001B]. */
export function printable(text: string): string {
  return text.replace(
    deceptive,
    (character) => `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`,
  );
}

/** A parsed value, or what is wrong with it: a sentence that continues after the variable's name and never contains a secret. */
export type Reading<Value> = { readonly value: Value } | { readonly problem: string };

const byteOrderMark = "\u{feff}";
const quotePairs: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  "`": "`",
  "\u{201c}": "\u{201d}",
  "\u{2018}": "\u{2019}",
};
/** Invisible characters: control, format and separator characters, spaces other than U+0020, default-ignorable code points. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u{2800}]|(?! )\p{Zs}/u;
const lineEnds = /[\t\r\n]/g;

const codePointName = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/** The first invisible character of a text, as a code point name; `null` when there is none. */
export function invisibleIn(text: string): string | null {
  const [found] = invisible.exec(text) ?? [];
  return found === undefined ? null : codePointName(found);
}

/** Trims spaces, tabs and line ends; nothing else. */
export function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && " \t\r\n".includes(text.charAt(start))) start += 1;
  while (end > start && " \t\r\n".includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** The parts of a list, between commas or line ends. */
export const partsOf = (text: string): string[] =>
  text
    .split(/[,\r\n]/)
    .map(trimmed)
    .filter((part) => part !== "");

/** A placeholder that a template, shell or service manager should have replaced, or an unchanged example. */
const placeholder = /^(?:\$[A-Za-z_][A-Za-z0-9_]*|\$\{[^}]*\}|\$\([^)]*\)|%[A-Za-z_]+%|\{\{.*\}\}|<[^<>]+>)$/s;
const example = /^(?:change[-_ ]?me|replace[-_ ]?me|your[-_ ].*|x{3,}|\.{3}|todo|tbd)$/i;

/** `line`: one line; `lines`: several, for lists; `json`: several; strings in it are checked elsewhere. */
export type TextShape = "line" | "lines" | "json";

/** A problem that applies to any setting; `null` when there is none. `text` is trimmed. */
export function problemOfText(text: string, shape: TextShape): string | null {
  const closing = quotePairs[text.charAt(0)];
  if (text.length > 1 && closing !== undefined && text.endsWith(closing)) {
    return "stands in quotation marks that belong to its value; take them off (docker --env-file hands them on)";
  }
  if (shape !== "json" && (placeholder.test(text) || example.test(text)))
    return "is a placeholder that was not replaced; files of variables replace no names in values";
  if (shape === "line" && /[\r\n]/.test(text)) return "has a line end in it; it is one line";
  const name =
    shape === "json" && !text.startsWith(byteOrderMark)
      ? null
      : invisibleIn(shape === "lines" ? text.replace(lineEnds, "") : text);
  if (name === null) return null;
  return name === codePointName(byteOrderMark)
    ? "holds a byte order mark (U+FEFF); save its file as UTF-8 without one"
    : `holds ${name}, a character that is not seen; write it again`;
}

/** Decodes a text file: UTF-8 with or without a byte order mark (as Windows editors write it), and UTF-16 with one. */
export function textOfFile(bytes: Buffer): Reading<string> {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
  try {
    const value = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return value.includes("\0") ? { problem: "is no text file (it holds NUL); save it as UTF-8" } : { value };
  } catch {
    return { problem: `is not ${encoding.toUpperCase()}; save it as UTF-8` };
  }
}

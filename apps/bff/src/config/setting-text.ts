/** What a text means, or what is wrong with it: one sentence that goes on after the variable's name and never repeats a secret. */
export type Reading<Value> = { readonly value: Value } | { readonly problem: string };

const byteOrderMark = "\u{feff}";
const quotePairs: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  "`": "`",
  "\u{201c}": "\u{201d}",
  "\u{2018}": "\u{2019}",
};
/** Nothing a person sees: control, format and separator characters, blanks of other widths, what is left out when shown. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u{2800}]|(?! )\p{Zs}/u;
const lineEnds = /[\t\r\n]/g;

const codePointName = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/** The first invisible character of a text, as a code point name; `null` when there is none. */
export function invisibleIn(text: string): string | null {
  const [found] = invisible.exec(text) ?? [];
  return found === undefined ? null : codePointName(found);
}

/** Without blanks, tabs and line ends at its ends; everything else stays. */
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

/** A value that a template, a shell or a service manager was to fill in, or an example that nobody replaced. */
const placeholder = /^(?:\$[A-Za-z_][A-Za-z0-9_]*|\$\{[^}]*\}|\$\([^)]*\)|%[A-Za-z_]+%|\{\{.*\}\}|<[^<>]+>)$/s;
const example = /^(?:change[-_ ]?me|replace[-_ ]?me|your[-_ ].*|x{3,}|\.{3}|todo|tbd)$/i;

/** `line`: one; `lines`: several, as of a list; `json`: several; its strings are checked elsewhere. */
export type TextShape = "line" | "lines" | "json";

/** What is wrong with a text whatever it is for; `null` when nothing is. `text` is trimmed. */
export function problemOfText(text: string, shape: TextShape): string | null {
  const closing = quotePairs[text.charAt(0)];
  if (text.length > 1 && closing !== undefined && text.endsWith(closing)) {
    return "stands in quotation marks that belong to its value; take them off (docker --env-file hands them on)";
  }
  if (shape !== "json" && (placeholder.test(text) || example.test(text)))
    return "is a placeholder that was not replaced; files of variables replace no names in values";
  if (shape === "line" && /[\r\n]/.test(text)) return "has a line end in it; it is one line";
  const name = shape === "json" ? null : invisibleIn(shape === "lines" ? text.replace(lineEnds, "") : text);
  if (name === null) return null;
  return name === codePointName(byteOrderMark)
    ? "holds a byte order mark (U+FEFF); save its file as UTF-8 without one"
    : `holds ${name}, a character that is not seen; write it again`;
}

/**
 * The text of a file that a person wrote: UTF-8, with or without a byte order mark, as the editors of Windows write it too.
 * UTF-16 is read when it begins with its mark.
 */
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

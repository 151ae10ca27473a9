import { isGenericName } from "./generic-names.ts";
import { readsAsNone, saysNone } from "./none-words.ts";
import { isWireObject, readText } from "./wire-values.ts";

export interface ReadNames {
  readonly names: string[];
  /** Whether the value holds more than the names. */
  readonly odd: boolean;
}

const nameField = /^(domain|host|url|name|item)$/i;

type IsNone = (text: string) => boolean;

/** Parses a list that was sent as JSON text; `null` for any other text. */
function listInText(text: string): unknown[] | null {
  if (!/^\s*\[/.test(text)) return null;
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list : null;
  } catch {
    return null;
  }
}

function readNames(given: unknown, split: (text: string) => string[], isNone: IsNone = readsAsNone): ReadNames {
  const value = typeof given === "string" ? (listInText(given) ?? given) : given;
  if (typeof value === "string") {
    return { names: isNone(value) ? [] : split(value).filter((name) => !isNone(name)), odd: false };
  }
  if (!Array.isArray(value)) return { names: [], odd: true };
  const names: string[] = [];
  let odd = false;
  for (const member of value) {
    const named = isWireObject(member) ? Object.entries(member).find(([name]) => nameField.test(name))?.[1] : member;
    const text = readText(named);
    if (text === null) odd = true;
    else if (!isNone(text)) names.push(text.trim());
    if (isWireObject(member) && Object.keys(member).length > 1) odd = true;
  }
  return { names, odd };
}

const parts = (text: string, separator: RegExp): string[] =>
  text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== "");

/** Reads items: a list, or one text with separators; list members may be objects with a name. Item names may contain blanks. */
export const readItemList = (value: unknown): ReadNames =>
  readNames(value, (text) => parts(text, /[,;|\r\n\u3001\uff0c\uff1b]/), saysNone);

/** Reads domains like items, except that blanks separate too. Names of counts and lists are not domains. */
export function readDomainList(value: unknown): ReadNames {
  const { names, odd } = readNames(value, (text) => parts(text, /[\s,;|\u3001\uff0c\uff1b]/));
  const domains = names.filter((name) => !isGenericName(name));
  return { names: domains, odd: odd || domains.length < names.length };
}

const isSeparator = (sign: string | undefined): boolean => sign !== undefined && /[\s,;|\u3001\uff0c\uff1b]/.test(sign);

/** Cuts a line before every URL that follows a separator, in one pass: http:// or https://, or a path where the line begins with one. */
function cutBeforeUrls(line: string): string[] {
  const begins = line.trimStart().startsWith("/") ? /https?:\/\/|\//gi : /https?:\/\//gi;
  const starts = [...line.matchAll(begins)].map(({ index }) => index);
  const cuts = [0, ...starts.filter((index) => index > 0 && isSeparator(line[index - 1]))];
  return cuts.flatMap((cut, index) => {
    const next = cuts[index + 1];
    let end = next ?? line.length;
    while (next !== undefined && end > cut && isSeparator(line[end - 1])) end -= 1;
    const part = line.slice(cut, end).trim();
    return part === "" ? [] : [part];
  });
}

/** Removes the separator at the end of a line. */
function withoutSeparator(line: string): string {
  let end = line.length;
  while (end > 0 && isSeparator(line[end - 1])) end -= 1;
  return line.slice(0, end);
}

/** Reads URLs from a list or a text. The separator is not documented: a URL starts where http:// or https:// follows one. */
export const readUrlList = (value: unknown): ReadNames =>
  readNames(value, (text) => {
    const lines = text.split(/\r?\n|<br ?\/?>|(?:\\r)?\\n(?=https?:)/i);
    return lines.flatMap((line, index) => cutBeforeUrls(index < lines.length - 1 ? withoutSeparator(line) : line));
  });

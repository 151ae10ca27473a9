/** Reads a file of NAME=value lines as Node does (util.parseEnv), but refuses what Node would silently lose or truncate. */
import { parseEnv } from "node:util";
import { textOfFile } from "../apps/bff/src/config/setting-text.ts";
import { Refusal } from "./step.mjs";

const assignment = /^[ \t]*(?:export +)?([A-Za-z_][A-Za-z0-9_]*)[ \t]*=([ \t]*)(.*)$/;

interface QuotedValue {
  /** Lines that it takes after the first. */
  readonly further: number;
  /** What stands behind the closing quotation mark; Node drops it. */
  readonly tail: string;
}

/** A quoted value that begins on the first of these lines; `null` when it is never closed. */
function quotedValue(value: string, rest: readonly string[]): QuotedValue | null {
  const quote = value.charAt(0);
  const end = value.indexOf(quote, 1);
  if (end > 0) return { further: 0, tail: value.slice(end + 1) };
  const at = rest.findIndex((line) => line.includes(quote));
  const last = rest[at];
  return last === undefined ? null : { further: at + 1, tail: last.slice(last.indexOf(quote) + 1) };
}

/** Why Node would read an unquoted value differently from how it looks; `null` when it would not. */
function problemOf(value: string, blanks: string): string | null {
  if (/^[\u{2018}\u{201c}]/u.test(value)) return "has typographic quotation marks; write ' or \"";
  const isCut = /[^ \t]#/.test(value) || (value.startsWith("#") && blanks === "");
  return isCut ? "holds #, which begins a comment; put the value in quotation marks" : null;
}

/** Why Node would read a quoted value differently from how it looks; `null` when it would not. */
function problemOfQuoted(value: string, quoted: QuotedValue | null): string | null {
  if (quoted === null) return "begins with a quotation mark that is never closed";
  if (/^[ \t]*(?:#.*)?$/.test(quoted.tail)) return null;
  const hint = /^"[^"]*\\"/.test(value)
    ? "; a quotation mark inside cannot be escaped: use another kind around it"
    : "";
  return `has text behind its closing quotation mark, which would be lost${hint}`;
}

/** Names and values. Throws a Refusal that names the line, never its value. */
export function readEnvFile(bytes: Buffer): Record<string, string> {
  const reading = textOfFile(bytes);
  if ("problem" in reading) throw new Refusal(`.env ${reading.problem}.`);
  const text = reading.value.replaceAll("\r\n", "\n").replaceAll("\r", "\n");
  const lines = text.split("\n");
  const seen = new Set<string>();
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    if (/^[ \t]*(?:#.*)?$/.test(line)) continue;
    const refuse = (problem: string): never => {
      throw new Refusal(`.env, line ${index + 1}: ${problem}.`);
    };
    const [, name, blanks = "", value = ""] = assignment.exec(line) ?? [];
    if (name === undefined) return refuse("is not NAME=value");
    if (seen.has(name)) refuse(`${name} stands here a second time`);
    seen.add(name);
    const isQuoted = /^["'`]/.test(value);
    const quoted = isQuoted ? quotedValue(value, lines.slice(index + 1)) : null;
    const problem = isQuoted ? problemOfQuoted(value, quoted) : problemOf(value, blanks);
    if (problem !== null) refuse(`${name} ${problem}`);
    index += quoted?.further ?? 0;
  }
  return Object.fromEntries(Object.entries(parseEnv(text)).map(([name, value]) => [name, value ?? ""]));
}

/** Reads a file of NAME=value lines as Node does (util.parseEnv), but refuses what Node would silently lose or truncate. */
import { parseEnv } from "node:util";
import { textOfFile } from "../apps/bff/src/config/setting-text.ts";
import { Refusal } from "./step.mjs";

const assignment = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]*)[ \t]*=[ \t]*(.*)$/;

/** How many further lines a quoted value takes, or -1 when it is never closed. */
function furtherLines(value: string, rest: readonly string[]): number {
  const quote = value.charAt(0);
  if (!"\"'`".includes(quote) || quote === "" || value.indexOf(quote, 1) > 0) return 0;
  const at = rest.findIndex((line) => line.includes(quote));
  return at === -1 ? -1 : at + 1;
}

/** Why Node would read a value differently from how it looks; `null` when it would not. */
function problemOf(value: string): string | null {
  if (/^["'`]/.test(value)) return null;
  if (/^[\u{2018}\u{201c}]/u.test(value)) return "has typographic quotation marks; write ' or \"";
  return /[^ \t]#/.test(value) ? "holds #, which begins a comment; put the value in quotation marks" : null;
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
    const [, name, value = ""] = assignment.exec(line) ?? [];
    if (name === undefined) return refuse("is not NAME=value");
    if (seen.has(name)) refuse(`${name} stands here a second time`);
    seen.add(name);
    const problem = problemOf(value);
    if (problem !== null) refuse(`${name} ${problem}`);
    const further = furtherLines(value, lines.slice(index + 1));
    if (further === -1) refuse(`${name} begins with a quotation mark that is never closed`);
    index += further;
  }
  return Object.fromEntries(Object.entries(parseEnv(text)).map(([name, value]) => [name, value ?? ""]));
}

import packageFile from "../../../package.json" with { type: "json" };
import { ClientFailure } from "./client/exit-code.ts";
import type { CommandResult } from "./commands/command.ts";
import { readWords, usage } from "./commands/read-words.ts";
import { takeEnvironment } from "./config/env.ts";
import { DatabaseRefusal } from "./database/open-database.ts";

const { version } = packageFile;

/** Overwrites the line on a terminal; writes nothing elsewhere. */
function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${text}`);
}

function tell(line: string): void {
  if (process.stderr.isTTY) showProgress(line);
  else process.stderr.write(`${line}\n`);
}

function show({ lines, isWell, exitCode, data = {} }: CommandResult, isJson: boolean): number {
  if (process.stderr.isTTY) showProgress("");
  const text = isJson ? `${JSON.stringify({ isWell, lines, ...data })}\n` : lines.map((line) => `${line}\n`).join("");
  process.stdout.write(text);
  return exitCode ?? (isWell ? 0 : 1);
}

/**
 * Exit codes: 0 success, 1 a problem was found, 2 undetermined: wrong arguments, or an unusable database. Client commands have
 * further ones (`exitCodes`).
 */
async function main(given: readonly string[]): Promise<number> {
  const isJson = given.includes("--json");
  const words = given.filter((word) => word !== "--json");
  const complain = (text: string, exitCode = 2, code: string | null = null): number => {
    if (process.stderr.isTTY) showProgress("");
    const problem = { isWell: null, problems: text.trimEnd().split("\n"), ...(code === null ? {} : { code }) };
    if (isJson) process.stdout.write(`${JSON.stringify(problem)}\n`);
    else process.stderr.write(text);
    return exitCode;
  };
  if (words.length === 1 && words[0] === "--version") {
    return show({ lines: [version], isWell: true, data: { version } }, isJson);
  }
  if (words.length === 1 && words[0] === "--help") return show({ lines: [usage.trimEnd()], isWell: true }, isJson);
  try {
    const command = readWords(words, version);
    if (command === null) {
      return complain(words.length === 0 ? usage : `${usage}\nnot understood: wsc ${words.join(" ")}\n`);
    }
    return show(await command({ environment: takeEnvironment(), version, now: Date.now, showProgress, tell }), isJson);
  } catch (error) {
    if (error instanceof ClientFailure) return complain(`${error.message}\n`, error.exitCode, error.code);
    if (error instanceof DatabaseRefusal || error instanceof RangeError) return complain(`${error.message}\n`);
    // A file failed during the work, so the result is undetermined.
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
    return complain(`the database cannot be used (${code})\n`);
  }
}

process.exitCode = await main(process.argv.slice(2));

import { spawn } from "node:child_process";
import type { Readable } from "node:stream";
import BetterSqlite from "better-sqlite3";
import { codeOf, refuse } from "./database.ts";

const program = "pg_restore";
const toolMissing = "pg_restore is not installed: install the client of PostgreSQL in the server's version";
const escapes: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };

/** Decodes a value in the COPY text format; `null` for SQL null. */
export function copyValue(text: string): string | null {
  if (text === "\\N") return null;
  return text.replace(/\\(.)/gs, (_, sign: string) => escapes[sign] ?? sign);
}

/** Table and columns of a COPY statement; `null` for any other line. */
export function copyTarget(line: string): { readonly table: string; readonly columns: readonly string[] } | null {
  const [, table, list = ""] = /^COPY (?:\w+\.)?"?(\w+)"? \(([\w", ]+)\) FROM stdin;$/.exec(line) ?? [];
  return table === undefined ? null : { table, columns: list.replaceAll('"', "").split(", ") };
}

/** Splits at line feeds only, because a text in a row may contain other line terminators. */
async function* linesOf(stream: Readable): AsyncGenerator<string> {
  stream.setEncoding("utf8");
  let open: string[] = [];
  for await (const chunk of stream as AsyncIterable<string>) {
    const [first = "", ...others] = chunk.split("\n");
    open.push(first);
    for (const next of others) {
      yield open.join("");
      open = [next];
    }
  }
  yield open.join("");
}

/** Fills SQLite tables with the rows of COPY statements; skips tables that do not exist. Returns all tables in the dump. */
async function fill(database: BetterSqlite.Database, lines: AsyncIterable<string>): Promise<ReadonlySet<string>> {
  const known = new Set(database.prepare("select name from sqlite_master where type = 'table'").pluck().all());
  const filled = new Set<string>();
  let insert: BetterSqlite.Statement | null = null;
  let width = 0;
  let isInside = false;
  for await (const line of lines) {
    if (isInside) {
      if (line === "\\.") isInside = false;
      else {
        const values = line.split("\t");
        if (values.length !== width) refuse("the dump ends in the middle of a table");
        insert?.run(values.map(copyValue));
      }
      continue;
    }
    const target = copyTarget(line);
    if (target === null) continue;
    const { table, columns } = target;
    isInside = true;
    width = columns.length;
    filled.add(table);
    insert = null;
    if (!known.has(table)) continue;
    database.exec(`delete from "${table}"`);
    const names = columns.map((name) => `"${name}"`).join(", ");
    insert = database.prepare(`insert into "${table}" (${names}) values (${columns.map(() => "?").join(", ")})`);
  }
  if (isInside) refuse("the dump ends in the middle of a table");
  return filled;
}

/** Reads a whole pg_dump file into a fresh SQLite database of this version. Returns its tables. Throws DatabaseRefusal. */
export async function readDump(
  file: string,
  into: string,
  searchPath: string | undefined,
): Promise<ReadonlySet<string>> {
  const child = spawn(program, ["--data-only", "--file=-", file], {
    env: { PATH: searchPath },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const ended = new Promise<number | string>((resolve) => {
    child.once("error", (error) => resolve(codeOf(error)));
    child.once("close", (exit, signal) => resolve(exit ?? signal ?? "unknown"));
  });
  const database = new BetterSqlite(into);
  try {
    database.pragma("synchronous = OFF");
    database.exec("begin");
    const filled = await fill(database, linesOf(child.stdout));
    database.exec("commit");
    const code = await ended;
    if (code === "ENOENT") refuse(toolMissing);
    if (code !== 0) refuse(`pg_restore cannot read ${file} to its end (${code}): run it by hand to see why`);
    return filled;
  } catch (error) {
    child.kill();
    if (codeOf(error).startsWith("SQLITE_")) refuse(`${file} was written by another version of the dashboard`);
    throw error;
  } finally {
    database.close();
  }
}

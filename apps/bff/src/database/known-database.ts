import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { codeOf, refuse } from "./database.ts";

const fileName = "wsc-dashboard.identity";

/** Identity of the database that was last used from this directory; `null` when there was none. Throws DatabaseRefusal. */
export function readKnownDatabase(directory: string): string | null {
  try {
    return readFileSync(join(directory, fileName), "utf8").trim();
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(codeOf(error))) return null;
    return refuse(`the file ${fileName} in ${directory} cannot be read (${codeOf(error)})`);
  }
}

/**
 * Throws DatabaseRefusal when the database is not the known one, before anything is written to it: it lacks the submissions that
 * the other has sent, so they would be sent again. `found` is `null` for an empty database or one of a version without an
 * identity.
 */
export function refuseOtherDatabase(known: string | null, found: string | null): void {
  if (known === null || known === found) return;
  refuse(
    `this is not the database that was used before (known ${known}, found ${found ?? "an empty one"}); put the right one back, or run "wsc database accept" once when this one is meant`,
  );
}

/** Stores the identity for the next start. Throws file system errors. */
export function rememberDatabase(directory: string, identity: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, fileName);
  const file = openSync(`${path}.new`, "w", 0o600);
  try {
    writeSync(file, `${identity}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(`${path}.new`, path);
}

/** Forgets the identity, so that the next start accepts any database. Returns the identity that was known. */
export function forgetKnownDatabase(directory: string): string | null {
  const known = readKnownDatabase(directory);
  rmSync(join(directory, fileName), { force: true });
  return known;
}

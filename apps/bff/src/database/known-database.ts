import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { codeOf, refuse } from "./database.ts";

const fileName = "wsc-dashboard.identity";

/** The identity of the database that was used from this directory before; `null` when none was. */
export function readKnownDatabase(directory: string): string | null {
  try {
    return readFileSync(join(directory, fileName), "utf8").trim();
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(codeOf(error))) return null;
    return refuse(`the file ${fileName} in ${directory} cannot be read (${codeOf(error)})`);
  }
}

/**
 * Refuses another database than the one that is known, before anything is written to it: what was sent from the other is not in
 * it, and would be sent again. `found` is `null` for one that is empty or of a version without an identity.
 */
export function refuseOtherDatabase(known: string | null, found: string | null): void {
  if (known === null || known === found) return;
  refuse(
    `this is not the database that was used before (known ${known}, found ${found ?? "an empty one"}); put the right one back, or run "wsc database accept" once when this one is meant`,
  );
}

/** Keeps the identity for the next start. Throws what the file system says. */
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

/** The next start accepts the database that it finds. Returns the identity that was known. */
export function forgetKnownDatabase(directory: string): string | null {
  const known = readKnownDatabase(directory);
  rmSync(join(directory, fileName), { force: true });
  return known;
}

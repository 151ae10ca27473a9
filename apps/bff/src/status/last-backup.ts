import { stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** The modification time of this file is the time of the last backup; `wsc backup` and other backup tools touch it. */
const fileIn = (dataDirectory: string): string => join(dataDirectory, "last-backup");

/** Milliseconds since the epoch; `null` when no backup was reported. */
export async function readLastBackup(dataDirectory: string): Promise<number | null> {
  const found = await stat(fileIn(dataDirectory)).catch(() => null);
  return found === null ? null : found.mtimeMs;
}

/** Throws the errors of the file system. */
export async function noteBackup(dataDirectory: string, at: number): Promise<void> {
  await writeFile(fileIn(dataDirectory), "", { mode: 0o600 });
  await utimes(fileIn(dataDirectory), at / 1000, at / 1000);
}

import { stat } from "node:fs/promises";
import { join } from "node:path";

/** Its time of change says when the last backup was made; `wsc backup` and whoever backs up otherwise touch it. */
const fileIn = (dataDirectory: string): string => join(dataDirectory, "last-backup");

/** Milliseconds since the epoch; `null` when nobody has told of a backup. */
export async function readLastBackup(dataDirectory: string): Promise<number | null> {
  const found = await stat(fileIn(dataDirectory)).catch(() => null);
  return found === null ? null : found.mtimeMs;
}

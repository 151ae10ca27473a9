import { readStorageLocation, type StorageLocation } from "../config/storage-location.ts";
import { backUp } from "../database/backup.ts";
import { noteBackup } from "../status/last-backup.ts";
import type { CommandSurroundings, OpenCommand } from "./command.ts";

/** The location of the data. Throws a RangeError with all problems of these settings. */
export function locationIn({ environment }: Pick<CommandSurroundings, "environment">): StorageLocation {
  const result = readStorageLocation(environment);
  if ("problems" in result) throw new RangeError(result.problems.join("\n"));
  return result.location;
}

/** An instant in a form for file names. */
export const stampOf = (at: number): string => new Date(at).toISOString().replace(/[-:]|\.\d+/g, "");

/** Copies the database, also while a server is running, and records the time for the metrics. */
export const backup =
  (output: string | null): OpenCommand =>
  async (surroundings) => {
    const location = locationIn(surroundings);
    const at = surroundings.now();
    const extension = location.databaseUrl === null ? "sqlite" : "dump";
    const file = output ?? `wsc-backup-${stampOf(at)}.${extension}`;
    const { kind, sha256 } = await backUp(location, file, {
      onProgress: (share) => surroundings.showProgress(`backup: ${Math.floor(share * 100)} %`),
      searchPath: surroundings.environment.PATH,
    });
    const isTold = await noteBackup(location.dataDirectory, at).then(
      () => true,
      () => false,
    );
    const lines = [
      `${file}: a copy of the whole database, sha256 ${sha256}`,
      "Keep WSC_ENCRYPTION_KEYS apart from it: without them it is useless, with them it gives access to credentials.",
    ];
    if (!isTold) lines.push(`${location.dataDirectory} cannot be written to: the metrics do not know of this backup`);
    return { lines, isWell: true, data: { file, kind, sha256, at: new Date(at).toISOString(), isTold } };
  };

import { statSync } from "node:fs";

/** The file under a path, by device and number; `null` when there is none that can be looked at. */
function fileAt(path: string): string | null {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? null : `${stats.dev}:${stats.ino}`;
}

/** Remembers which files stand under the paths. The result throws once one of them was deleted, moved or replaced. */
export function watchFiles(paths: readonly string[]): () => void {
  const known = paths.map((path) => ({ path, file: fileAt(path) }));
  return () => {
    for (const { path, file } of known) {
      if (fileAt(path) === file) continue;
      throw Object.assign(new Error(`${path} was deleted or replaced while it is in use`), { code: "STORE_REPLACED" });
    }
  };
}

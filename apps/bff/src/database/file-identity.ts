import { statSync } from "node:fs";

/** Device and inode number of the file at a path; `null` when there is no file. */
function fileAt(path: string): string | null {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? null : `${stats.dev}:${stats.ino}`;
}

/** Remembers the files at the paths. The returned function throws STORE_REPLACED once one was deleted, moved or replaced. */
export function watchFiles(paths: readonly string[]): () => void {
  const known = paths.map((path) => ({ path, file: fileAt(path) }));
  return () => {
    for (const { path, file } of known) {
      if (fileAt(path) === file) continue;
      throw Object.assign(new Error(`${path} was deleted or replaced while it is in use`), { code: "STORE_REPLACED" });
    }
  };
}

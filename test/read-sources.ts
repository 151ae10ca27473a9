import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

export const root = join(import.meta.dirname, "..");

/** What .gitignore names, and the repository's own metadata; listed here so that the walk does not depend on git. */
const notOurs = new Set([
  ".cache",
  ".data",
  ".env",
  ".git",
  ".pnpm-store",
  ".tools",
  "blob-report",
  "dist",
  "node_modules",
  "playwright-report",
  "test-results",
]);

/** Paths of the repository's files relative to its root, with forward slashes. */
export function listFiles(directory: string = root): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => !notOurs.has(entry.name))
    .flatMap((entry) => {
      const path = join(directory, entry.name);
      return entry.isDirectory() ? listFiles(path) : [relative(root, path).replaceAll("\\", "/")];
    })
    .sort();
}

/** Path → text of every file whose path matches. */
export function readFiles(matching: RegExp): Map<string, string> {
  const paths = listFiles().filter((path) => matching.test(path));
  return new Map(paths.map((path) => [path, readFileSync(join(root, path), "utf8")]));
}

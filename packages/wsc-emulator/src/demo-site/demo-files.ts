import { posix } from "node:path";

const folder = "/srv/shop/manuals";

/** Every existing file. Nothing is ever read from this machine's disk. */
const files: ReadonlyMap<string, string> = new Map([
  [`${folder}/folding.txt`, "1. Fold the sheet in half.\n2. Fold the corners down.\n3. Open the hull and pull.\n"],
  [`${folder}/ink.txt`, "Shake gently. Fill the converter. Rinse the nib once a month.\n"],
  ["/etc/hostname", "paper-boat\n"],
  ["/etc/shells", "# /etc/shells: valid login shells\n/bin/sh\n/bin/bash\n/usr/bin/bash\n"],
  ["/etc/passwd", "root:x:0:0:root:/:/bin/sh\nboat:x:1000:1000:an invented user:/srv/shop:/bin/sh\n"],
]);

/** The names of the manuals. */
export const manualNames: readonly string[] = [...files.keys()]
  .filter((path) => posix.dirname(path) === folder)
  .map((path) => posix.basename(path));

/** Returns the text of a manual by its name; no other file. */
export function readManual(name: string): string | undefined {
  return manualNames.includes(name) ? files.get(posix.join(folder, name)) : undefined;
}

/** Returns the file to which the name leads from the folder of the manuals, also above it. */
export function readPastedPath(name: string): string | undefined {
  return files.get(posix.join(folder, name));
}

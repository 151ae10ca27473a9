export interface VersionChanges {
  readonly version: string;
  readonly groups: readonly { readonly title: string; readonly changes: readonly string[] }[];
}

/** Removes the inline Markdown that the changelog uses. */
const plain = (text: string): string => text.replace(/`([^`]*)`/g, "$1").replace(/\[([^\][]*)\]\([^()]*\)/g, "$1");

/** Parses a changelog in Keep a Changelog form: versions, their groups, and each change as one line without Markdown. */
export function readChanges(markdown: string): readonly VersionChanges[] {
  const versions: { version: string; groups: { title: string; changes: string[] }[] }[] = [];
  for (const line of markdown.split("\n")) {
    const groups = versions.at(-1)?.groups;
    const changes = groups?.at(-1)?.changes;
    if (line.startsWith("## ")) versions.push({ version: line.slice(3).replace(/[[\]]/g, ""), groups: [] });
    else if (line.startsWith("### ")) groups?.push({ title: line.slice(4), changes: [] });
    else if (line.startsWith("- ")) changes?.push(plain(line.slice(2)));
    // Continuation line of a change.
    else if (line.startsWith("  ") && changes !== undefined && changes.length > 0)
      changes.push(`${changes.pop()} ${plain(line.trim())}`);
  }
  return versions;
}

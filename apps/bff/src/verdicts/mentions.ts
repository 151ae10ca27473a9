const maxMentions = 10;
const maxNameLength = 80;

/** Names that a note mentions, as in "@kim": letters, digits, dot, hyphen and underscore. A mail address mentions nobody. */
export function mentionedIn(text: string): string[] {
  const names = new Set<string>();
  for (const [, name = ""] of text.matchAll(/(?<![\p{L}\p{M}\p{N}._@+-])@([\p{L}\p{M}\p{N}._-]+)/gu)) {
    const trimmed = name.replace(/\.+$/u, "");
    if (trimmed !== "" && trimmed.length <= maxNameLength && names.size < maxMentions) names.add(trimmed);
  }
  return [...names];
}

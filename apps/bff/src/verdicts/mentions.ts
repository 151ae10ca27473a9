const maxMentions = 10;
const maxNameLength = 80;

/** The full stop of a sentence is no part of the name before it. */
function withoutDotsAtEnd(name: string): string {
  let end = name.length;
  while (end > 0 && name[end - 1] === ".") end -= 1;
  return name.slice(0, end);
}

/** Names mentioned in a note, as in "@kim": letters, digits, dot, hyphen and underscore. Mail addresses do not count. */
export function mentionedIn(text: string): string[] {
  const names = new Set<string>();
  for (const [, name = ""] of text.matchAll(/(?<![\p{L}\p{M}\p{N}._@+-])@([\p{L}\p{M}\p{N}._-]+)/gu)) {
    const trimmed = withoutDotsAtEnd(name);
    if (trimmed !== "" && trimmed.length <= maxNameLength && names.size < maxMentions) names.add(trimmed);
  }
  return [...names];
}

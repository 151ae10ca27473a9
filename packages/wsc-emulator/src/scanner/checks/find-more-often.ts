/** How much of the text behind a match tells one place from another. */
const followingLength = 12;

/**
 * Where `pattern` (with its g flag) takes effect in `body`: `null` unless it stands there more often than in `control`,
 * because a page may speak of the very thing a check looks for. Prefers a place that the control does not show.
 */
export function findMoreOften(pattern: RegExp, body: string, control: string): number | null {
  const matches = [...body.matchAll(pattern)];
  if (matches.length <= [...control.matchAll(pattern)].length) return null;
  const isNew = ({ 0: text, index }: RegExpExecArray) =>
    !control.includes(body.slice(index, index + text.length + followingLength));
  return (matches.find(isNew) ?? matches[0])?.index ?? null;
}

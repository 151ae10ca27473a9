/** Length of the text after a match that distinguishes its place from others. */
const followingLength = 12;

/**
 * Returns where `pattern` (with its g flag) takes effect in `body`: `null` unless it occurs there more often than in `control`,
 * because a page may mention exactly what a check looks for. Prefers a place that the control lacks.
 */
export function findMoreOften(pattern: RegExp, body: string, control: string): number | null {
  const matches = [...body.matchAll(pattern)];
  if (matches.length <= [...control.matchAll(pattern)].length) return null;
  const isNew = ({ 0: text, index }: RegExpExecArray) =>
    !control.includes(body.slice(index, index + text.length + followingLength));
  return (matches.find(isNew) ?? matches[0])?.index ?? null;
}

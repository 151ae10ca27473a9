const maxDepth = 64;
// A string literal (kept as it is), or an integer too long for a double (quoted, so that no digit is lost).
const stringOrLongInteger = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;

function isTooDeep(root: unknown): boolean {
  let level: unknown[] = [root];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > maxDepth) return true;
    level = level.flatMap((value) => (typeof value === "object" && value !== null ? Object.values(value) : []));
  }
  return false;
}

/**
 * Parses a wire body. Integers of 16 digits and more come out as digit strings, because an `instanceNo` may exceed
 * 2^53. Throws SyntaxError for anything that is not JSON or nests deeper than 64 levels.
 */
export function parseWireJson(text: string): unknown {
  const value: unknown = JSON.parse(
    text.replace(stringOrLongInteger, (match) => (match.startsWith('"') ? match : `"${match}"`)),
  );
  if (isTooDeep(value)) throw new SyntaxError("JSON nests too deep");
  return value;
}

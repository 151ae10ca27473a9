const maxDepth = 64;
/** Limit of objects, lists and scalars in a response; a page of jobs has thousands, a large report several hundred thousand. */
const maxValues = 3_000_000;
const byteOrderMark = "\ufeff";
const longInteger = /[0-9]{16}/;
// A string literal (kept as it is), or an integer too long for a double (quoted, so that no digit is lost).
const stringOrLongInteger = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;

const isContainer = (value: unknown): value is object => typeof value === "object" && value !== null;

function isTooLarge(root: unknown): boolean {
  let containers: object[] = isContainer(root) ? [root] : [];
  let values = 1;
  for (let depth = 1; containers.length > 0; depth += 1) {
    const inner: object[] = [];
    for (const container of containers) {
      const members: unknown[] = Array.isArray(container) ? container : Object.values(container);
      values += members.length;
      if (values > maxValues || (depth > maxDepth && members.length > 0)) return true;
      for (const member of members) if (isContainer(member)) inner.push(member);
    }
    containers = inner;
  }
  return false;
}

/**
 * Parses a response body. Ignores a byte order mark (RFC 8259 section 8.1). Returns integers of 16 or more digits as digit
 * strings, because an `instanceNo` may exceed 2^53. Throws SyntaxError for invalid JSON, more than 64 levels of nesting or more
 * than three million values.
 */
export function parseWireJson(text: string): unknown {
  const json = text.startsWith(byteOrderMark) ? text.slice(1) : text;
  // Parsed as it is first: in valid JSON every string is closed, so that the pattern below takes linear time.
  let value: unknown = JSON.parse(json);
  if (longInteger.test(json)) {
    value = JSON.parse(json.replace(stringOrLongInteger, (match) => (match.startsWith('"') ? match : `"${match}"`)));
  }
  if (isTooLarge(value)) throw new SyntaxError("JSON nests too deep or holds too many values");
  return value;
}

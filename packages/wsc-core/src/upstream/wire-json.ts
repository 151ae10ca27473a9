const maxDepth = 64;
/** Limit of objects, lists and scalars in a response; a page of jobs has thousands, a large report several hundred thousand. */
const maxValues = 3_000_000;
const byteOrderMark = "\ufeff";
const longDigits = 16;

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** Whether 16 digits stand in a row. Looks at every 16th character first: so many digits in a row include one of them. */
function hasLongDigits(text: string): boolean {
  for (let at = longDigits - 1; at < text.length; at += longDigits) {
    if (!isDigit(text.charCodeAt(at))) continue;
    let from = at;
    let end = at + 1;
    while (from > 0 && isDigit(text.charCodeAt(from - 1)) && at - from < longDigits) from -= 1;
    while (end - from < longDigits && isDigit(text.charCodeAt(end))) end += 1;
    if (end - from >= longDigits) return true;
  }
  return false;
}
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
  if (hasLongDigits(json)) {
    value = JSON.parse(json.replace(stringOrLongInteger, (match) => (match.startsWith('"') ? match : `"${match}"`)));
  }
  if (isTooLarge(value)) throw new SyntaxError("JSON nests too deep or holds too many values");
  return value;
}

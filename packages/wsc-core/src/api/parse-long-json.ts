/** Characters parsed in one step: a few milliseconds. */
const stepLength = 400_000;

const space = /[ \t\n\r]*/y;

function afterSpace(text: string, at: number): number {
  space.lastIndex = at;
  space.test(text);
  return space.lastIndex;
}

/** Returns the index after the string that begins at `from`; -1 if it does not end. */
function endOfString(text: string, from: number): number {
  for (let quote = text.indexOf('"', from + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let slashes = 0;
    while (text[quote - 1 - slashes] === "\\") slashes += 1;
    if (slashes % 2 === 0) return quote + 1;
  }
  return -1;
}

/** Returns the index after the value that begins at `from`; -1 if it does not end. The parser detects invalid JSON later. */
function endOfValue(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; ) {
    const sign = text[at];
    if (sign === '"') {
      at = endOfString(text, at);
      if (at === -1) return -1;
      if (depth === 0) return at;
      continue;
    }
    if (sign === "{" || sign === "[") depth += 1;
    else if (sign === "}" || sign === "]") depth -= 1;
    else if (sign === "," && depth === 0) return at;
    if (depth < 0) return at;
    at += 1;
    if (depth === 0 && (sign === "}" || sign === "]")) return at;
  }
  return -1;
}

/** Returns the index of the value of a top-level member; -1 if the member is missing or the text is not an object. */
function memberStart(text: string, name: string): number {
  let at = afterSpace(text, 0);
  if (text[at] !== "{") return -1;
  const key = JSON.stringify(name);
  do {
    const keyStart = afterSpace(text, at + 1);
    const keyEnd = text[keyStart] === '"' ? endOfString(text, keyStart) : -1;
    const colon = keyEnd === -1 ? -1 : afterSpace(text, keyEnd);
    if (colon === -1 || text[colon] !== ":") return -1;
    const value = afterSpace(text, colon + 1);
    if (text.slice(keyStart, keyEnd) === key) return value;
    const end = endOfValue(text, value);
    if (end === -1) return -1;
    at = afterSpace(text, end);
  } while (text[at] === ",");
  return -1;
}

/** How each entry of a list of alike objects begins, as JSON.stringify writes it; `null` for other lists. */
function entryStart(text: string, listStart: number): string | null {
  const keyStart = listStart + 2;
  if (text[listStart + 1] !== "{" || text[keyStart] !== '"') return null;
  const keyEnd = endOfString(text, keyStart);
  return keyEnd === -1 || text[keyEnd] !== ":" ? null : text.slice(listStart + 1, keyEnd + 1);
}

/** The entries of a part of a list; `null` when the text is not a series of whole values. */
function parsePart(text: string): readonly unknown[] | null {
  try {
    return JSON.parse(`[${text}]`) as unknown[];
  } catch {
    return null;
  }
}

/**
 * Like `JSON.parse`, for an object with one long list, calling `pause` between parts of the list: parsing megabytes in one step
 * would block a page. Returns the same value for every text and throws SyntaxError for the same texts.
 */
export async function parseLongJson(text: string, listName: string, pause: () => Promise<void>): Promise<unknown> {
  const start = text.length > stepLength ? memberStart(text, listName) : -1;
  if (start === -1 || text[start] !== "[") return JSON.parse(text);
  const entries: unknown[] = [];
  let partStart = start + 1;
  let at = start;
  // Much faster than looking at every character. A part that ends within a value is no series of values, so a wrong place shows.
  const next = entryStart(text, start);
  const findCut = (): number => {
    if (next === null) return -1;
    const cut = text.indexOf(`},${next}`, partStart + stepLength);
    // The last part ends before the last entry, so that only that one is read character by character.
    return cut === -1 ? text.lastIndexOf(`},${next}`) : cut;
  };
  for (let cut = findCut(); cut > partStart; cut = findCut()) {
    const part = parsePart(text.slice(partStart, cut + 1));
    if (part === null) break;
    for (const entry of part) entries.push(entry);
    at = cut + 1;
    partStart = at + 1;
    await pause();
  }
  do {
    const value = afterSpace(text, at + 1);
    const end = endOfValue(text, value);
    // Nothing before a comma or the end: not a list, or an empty one.
    if (end === -1 || end === value) return JSON.parse(text);
    at = afterSpace(text, end);
    if (at - partStart < stepLength && text[at] === ",") continue;
    const part: unknown[] = JSON.parse(`[${text.slice(partStart, at)}]`);
    for (const entry of part) entries.push(entry);
    partStart = at + 1;
    await pause();
  } while (text[at] === ",");
  const tail = text.slice(at + 1);
  const rest = JSON.parse(`${text.slice(0, start)}[]${tail}`) as Record<string, unknown>;
  // If the member occurs twice, the last one counts.
  if (text[at] !== "]" || hasMember(tail, listName)) return JSON.parse(text);
  return { ...rest, [listName]: entries };
}

/** Whether the rest of an object, after one of its values, has a member of a name. */
function hasMember(tail: string, name: string): boolean {
  const other = `${name} before`;
  return Object.hasOwn(JSON.parse(`{${JSON.stringify(other)}:0${tail}`), name);
}

/** A scalar or key of a JSON text. */
export interface JsonToken<Place> {
  readonly kind: "key" | "string" | "number";
  /** As written; strings with their quotes. */
  readonly literal: string;
  /** The decoded text of a key or string, or the digits of a number. */
  readonly text: string;
  /** Place of the enclosing container. */
  readonly place: Place;
  /** Keys written to this object so far, with the number of times each. */
  readonly taken: Map<string, number>;
  /** Key of the member that holds the value; "" in a top-level list. */
  readonly key: string;
}

export interface JsonRewriter<Place> {
  readonly root: Place;
  /** Returns the place of a list or object that is the value of `key`, as written, in a container at `place`. */
  enter(place: Place, key: string): Place;
  /** Returns the replacement text. */
  replace(token: JsonToken<Place>): string;
}

interface Container<Place> {
  readonly place: Place;
  readonly isObject: boolean;
  readonly taken: Map<string, number>;
  key: string;
  isKeyNext: boolean;
}

const numberSigns = /[-+.0-9eE]/;

function endOfString(json: string, start: number): number {
  let end = start + 1;
  while (json[end] !== '"') end += json[end] === "\\" ? 2 : 1;
  return end + 1;
}

function endOfNumber(json: string, start: number): number {
  let end = start + 1;
  while (end < json.length && numberSigns.test(json[end] ?? "")) end += 1;
  return end;
}

/**
 * Rewrites the keys and scalars of a JSON text; whitespace, order, duplicates and number formats stay. `json` must be valid. Runs
 * in linear time.
 */
export function rewriteJson<Place>(json: string, { root, enter, replace }: JsonRewriter<Place>): string {
  const parts: string[] = [];
  const outside: Container<Place> = { place: root, isObject: false, taken: new Map(), key: "", isKeyNext: false };
  const open: Container<Place>[] = [outside];
  let copied = 0;
  let index = 0;

  const rewrite = (end: number, kind: JsonToken<Place>["kind"], top: Container<Place>): void => {
    const literal = json.slice(index, end);
    const text = kind === "number" ? literal : (JSON.parse(literal) as string);
    parts.push(json.slice(copied, index), replace({ kind, literal, text, ...top }));
    if (kind === "key") top.key = text;
    copied = end;
    index = end;
  };

  while (index < json.length) {
    const sign = json[index] ?? "";
    const top = open.at(-1) ?? outside;
    if (sign === '"') {
      const kind = top.isKeyNext ? "key" : "string";
      top.isKeyNext = false;
      rewrite(endOfString(json, index), kind, top);
    } else if (sign === "-" || (sign >= "0" && sign <= "9")) {
      rewrite(endOfNumber(json, index), "number", top);
    } else {
      if (sign === "{" || sign === "[") {
        // List elements belong to the member that holds the list.
        const place = open.length === 1 ? root : top.isObject ? enter(top.place, top.key) : top.place;
        const isObject = sign === "{";
        open.push({ place, isObject, taken: new Map(), key: isObject ? "" : top.key, isKeyNext: isObject });
      } else if (sign === "}" || sign === "]") open.pop();
      else if (sign === "," && top.isObject) top.isKeyNext = true;
      index += 1;
    }
  }
  parts.push(json.slice(copied));
  return parts.join("");
}

/** Decides whether an occurrence counts. `index`: index of the literal in the given list. Positions are in UTF-16 units. */
export type AcceptOccurrence = (start: number, end: number, index: number) => boolean;

export interface LiteralSearch {
  /**
   * Offers the literals that end at each position, longest first, until one is accepted. Returns the length of the longest
   * literal prefix at the end of the text. Runs in linear time.
   */
  scan(text: string, accept: AcceptOccurrence): number;
}

interface Trie {
  /** From node and character class to the next node; classes number the UTF-16 units that occur in literals, from 1. */
  readonly edges: ReadonlyMap<number, number>;
  readonly classOf: ReadonlyMap<number, number>;
  readonly nodeCount: number;
  /** Per node, numbered by increasing depth from the root 0: class of the edge to it, parent, depth. */
  readonly classes: Int32Array;
  readonly parents: Int32Array;
  readonly depths: Int32Array;
  /** Index of the literal that ends at a node, or -1. */
  readonly literalAt: Int32Array;
}

function classesOf(literals: readonly string[]): Map<number, number> {
  const classOf = new Map<number, number>();
  for (const literal of literals) {
    for (let at = 0; at < literal.length; at += 1) {
      const unit = literal.charCodeAt(at);
      if (!classOf.has(unit)) classOf.set(unit, classOf.size + 1);
    }
  }
  return classOf;
}

function createTrie(literals: readonly string[]): Trie {
  const classOf = classesOf(literals);
  const width = classOf.size + 1;
  const maxNodes = literals.reduce((sum, { length }) => sum + length, 1);
  const edges = new Map<number, number>();
  const [classes, parents, depths] = [new Int32Array(maxNodes), new Int32Array(maxNodes), new Int32Array(maxNodes)];
  const literalAt = new Int32Array(maxNodes).fill(-1);
  let nodeCount = 1;
  /** Current node of each literal. */
  const nodes = new Int32Array(literals.length);
  let growing = literals.flatMap((literal, index) => (literal === "" ? [] : [index]));
  for (let depth = 0; growing.length > 0; depth += 1) {
    growing = growing.filter((index) => {
      const literal = literals[index] ?? "";
      const parent = nodes[index] ?? 0;
      const unitClass = classOf.get(literal.charCodeAt(depth)) ?? 0;
      let node = edges.get(parent * width + unitClass);
      if (node === undefined) {
        node = nodeCount;
        nodeCount += 1;
        edges.set(parent * width + unitClass, node);
        classes[node] = unitClass;
        parents[node] = parent;
        depths[node] = depth + 1;
      }
      nodes[index] = node;
      if (depth + 1 < literal.length) return true;
      if (literalAt[node] === -1) literalAt[node] = index;
      return false;
    });
  }
  return { edges, classOf, nodeCount, classes, parents, depths, literalAt };
}

/** Up to this size the full transition table is precomputed, so that a step is one lookup. */
const maxTableEntries = 200_000;
const plainUnits = 256;

/** Returns the class of a unit; 0 if no literal contains it. */
function createClassReader(classOf: ReadonlyMap<number, number>): (unit: number) => number {
  const plain = new Int32Array(plainUnits);
  for (const [unit, unitClass] of classOf) if (unit < plainUnits) plain[unit] = unitClass;
  return (unit) => (unit < plainUnits ? (plain[unit] ?? 0) : (classOf.get(unit) ?? 0));
}

/**
 * Finds many literals in one pass over a text (Aho and Corasick, 1975). Empty and repeated literals are ignored. Own code because
 * the available packages are unmaintained, or return an object for every occurrence including overlapping ones, which takes
 * quadratic time on a hostile text.
 */
export function createLiteralSearch(literals: readonly string[]): LiteralSearch {
  const { edges, classOf, nodeCount, classes, parents, depths, literalAt } = createTrie(literals);
  const width = classOf.size + 1;
  /** Node of the longest proper suffix that is a literal's prefix. */
  const fallback = new Int32Array(nodeCount);
  /** Nearest node on the fallback path at which a literal ends; 0 for none. */
  const shorter = new Int32Array(nodeCount);

  function walk(from: number, unitClass: number): number {
    for (let node = from; ; node = fallback[node] ?? 0) {
      const next = edges.get(node * width + unitClass);
      if (next !== undefined) return next;
      if (node === 0) return 0;
    }
  }

  for (let node = 1; node < nodeCount; node += 1) {
    const parent = parents[node] ?? 0;
    const suffix = parent === 0 ? 0 : walk(fallback[parent] ?? 0, classes[node] ?? 0);
    fallback[node] = suffix;
    shorter[node] = literalAt[suffix] === -1 ? (shorter[suffix] ?? 0) : suffix;
  }

  const table = new Int32Array(nodeCount * width <= maxTableEntries ? nodeCount * width : 0);
  for (let entry = 0; entry < table.length; entry += 1) {
    const [node, unitClass] = [Math.floor(entry / width), entry % width];
    const next = unitClass === 0 ? 0 : edges.get(entry);
    table[entry] = next ?? (node === 0 ? 0 : (table[(fallback[node] ?? 0) * width + unitClass] ?? 0));
  }
  const step = table.length === 0 ? walk : (node: number, unitClass: number) => table[node * width + unitClass] ?? 0;
  const classAt = createClassReader(classOf);

  return {
    scan(text, accept) {
      let node = 0;
      for (let at = 0; at < text.length; at += 1) {
        const unitClass = classAt(text.charCodeAt(at));
        node = unitClass === 0 ? 0 : step(node, unitClass);
        let ending = literalAt[node] === -1 ? (shorter[node] ?? 0) : node;
        while (ending !== 0) {
          if (accept(at + 1 - (depths[ending] ?? 0), at + 1, literalAt[ending] ?? -1)) break;
          ending = shorter[ending] ?? 0;
        }
      }
      return depths[node] ?? 0;
    },
  };
}

const acceptAll: AcceptOccurrence = () => true;

/** Replaces every accepted occurrence; overlapping or adjacent ones become one. */
export function replaceLiterals(
  text: string,
  search: LiteralSearch,
  replacement: string,
  accept: AcceptOccurrence = acceptAll,
): string {
  /** Sorted, neither overlapping nor adjacent. */
  const spans: { start: number; readonly end: number }[] = [];
  search.scan(text, (start, end, index) => {
    if (!accept(start, end, index)) return false;
    let from = start;
    for (let last = spans.at(-1); last !== undefined && last.end >= from; last = spans.at(-1)) {
      from = Math.min(from, last.start);
      spans.pop();
    }
    spans.push({ start: from, end });
    return true;
  });
  if (spans.length === 0) return text;
  let replaced = "";
  let at = 0;
  for (const { start, end } of spans) {
    replaced += text.slice(at, start) + replacement;
    at = end;
  }
  return replaced + text.slice(at);
}

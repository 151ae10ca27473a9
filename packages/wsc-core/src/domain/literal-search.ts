/** Whether an occurrence counts. `index` is that of the literal in the list that was given. Places are UTF-16 units. */
export type AcceptOccurrence = (start: number, end: number, index: number) => boolean;

export interface LiteralSearch {
  /**
   * Offers, at each place where literals end, the longest of them first and shorter ones until one is accepted. Returns the length
   * of the longest beginning of a literal with which the text ends. Costs the length of the text.
   */
  scan(text: string, accept: AcceptOccurrence): number;
}

interface Trie {
  /** From node and class of a unit to the next node; classes number the units that stand in literals, from 1. */
  readonly edges: ReadonlyMap<number, number>;
  readonly classOf: ReadonlyMap<number, number>;
  readonly nodeCount: number;
  /** Of each node, numbered by rising depth from the root 0: the class that leads to it, its parent, its depth. */
  readonly classes: Int32Array;
  readonly parents: Int32Array;
  readonly depths: Int32Array;
  /** The index of the literal that ends at a node, or -1. */
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
  /** Where each literal stands so far. */
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

/** Up to so many entries, all transitions are worked out beforehand: a step is then one look into a table. */
const maxTableEntries = 200_000;
const plainUnits = 256;

/** The class of a unit, 0 for one that stands in no literal. */
function createClassReader(classOf: ReadonlyMap<number, number>): (unit: number) => number {
  const plain = new Int32Array(plainUnits);
  for (const [unit, unitClass] of classOf) if (unit < plainUnits) plain[unit] = unitClass;
  return (unit) => (unit < plainUnits ? (plain[unit] ?? 0) : (classOf.get(unit) ?? 0));
}

/**
 * Finds many literals in one pass over a text (Aho and Corasick, 1975). Literals that are empty or stand in the list before are
 * left out. Own code because the packages for it are no longer kept or return objects for every occurrence, overlapping ones
 * included, which costs the square of a hostile text.
 */
export function createLiteralSearch(literals: readonly string[]): LiteralSearch {
  const { edges, classOf, nodeCount, classes, parents, depths, literalAt } = createTrie(literals);
  const width = classOf.size + 1;
  /** The node of the longest proper suffix that begins a literal. */
  const fallback = new Int32Array(nodeCount);
  /** The nearest node by fallbacks where a literal ends; 0 for none. */
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

/** The text with every accepted occurrence replaced; those that overlap or touch become one. */
export function replaceLiterals(
  text: string,
  search: LiteralSearch,
  replacement: string,
  accept: AcceptOccurrence = acceptAll,
): string {
  /** In rising order, apart from each other. */
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

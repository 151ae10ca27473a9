/** Our own mapping of the vendor's items to the Common Weakness Enumeration; the vendor gives none. */
const cweByItem: Readonly<Record<string, number>> = {
  xss: 79,
  "cross site scripting": 79,
  "sql injection": 89,
  "ssi injection": 97,
  lfi: 98,
  "file inclusion": 98,
};

/** The CWE number of an item, or `null` when we have none. */
export function cweOf(item: string): number | null {
  const key = item.trim().toLowerCase();
  return Object.hasOwn(cweByItem, key) ? (cweByItem[key] ?? null) : null;
}

/** A stable name of an item for machines: `wsc/ssi-injection`. Two items share it only when blanks and case alone differ. */
export function ruleIdOf(item: string): string {
  const words = item
    .replace(/\p{Surrogate}/gu, "\ufffd")
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .join("-");
  return `wsc/${words === "" ? "unnamed" : encodeURIComponent(words)}`;
}

/** Finds the vendor's advice for an item; names that differ in blanks and case only are the same. `null` without one. */
export function adviceFinder(
  recommendations: readonly { readonly item: string; readonly text: string }[],
): (item: string) => string | null {
  const byRule = Map.groupBy(recommendations, ({ item }) => ruleIdOf(item));
  const texts = new Map([...byRule].map(([rule, found]) => [rule, found.map(({ text }) => text).join("\n\n")]));
  return (item) => {
    return texts.get(ruleIdOf(item)) ?? null;
  };
}

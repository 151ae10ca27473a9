/** Our mapping of the vendor's items to CWE numbers; the vendor publishes none. */
const cweByItem: Readonly<Record<string, number>> = {
  xss: 79,
  "cross site scripting": 79,
  "sql injection": 89,
  "ssi injection": 97,
  lfi: 98,
  "file inclusion": 98,
};

/** Returns the CWE number of an item; `null` if unmapped. */
export function cweOf(item: string): number | null {
  const key = item.trim().toLowerCase();
  return Object.hasOwn(cweByItem, key) ? (cweByItem[key] ?? null) : null;
}

/** Returns a stable machine-readable name: `wsc/ssi-injection`. Two items share it only if just blanks and case differ. */
export function ruleIdOf(item: string): string {
  const words = item
    .replace(/\p{Surrogate}/gu, "\ufffd")
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .join("-");
  return `wsc/${words === "" ? "unnamed" : encodeURIComponent(words)}`;
}

/** Returns a function that finds the vendor's advice for an item, ignoring blanks and case; `null` without one. */
export function adviceFinder(
  recommendations: readonly { readonly item: string; readonly text: string }[],
): (item: string) => string | null {
  const byRule = Map.groupBy(recommendations, ({ item }) => ruleIdOf(item));
  const texts = new Map([...byRule].map(([rule, found]) => [rule, found.map(({ text }) => text).join("\n\n")]));
  return (item) => {
    return texts.get(ruleIdOf(item)) ?? null;
  };
}

/** About 1 MB of short texts or numbers. */
const usualMax = 10_000;

/** Caches results per key; cleared at `max` keys. Only for functions of the key alone that never return `undefined`. */
export function remembered<Key, Value>(work: (key: Key) => Value, max: number = usualMax): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const value = work(key);
    if (known.size >= max) known.clear();
    known.set(key, value);
    return value;
  };
}

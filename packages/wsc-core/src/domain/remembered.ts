/** About 1 MB of short texts or numbers. */
const usualMax = 10_000;

/** The same function, which remembers what it came to for up to `max` keys. Only for results that nothing but the key decides, never `undefined`. */
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

import { useMemo, useState } from "react";

export interface Selection<Row> {
  /** The selected rows in their current state. */
  readonly chosen: readonly Row[];
  has(key: string): boolean;
  toggle(key: string): void;
  /** Selects these rows, or none of them when all are selected already. */
  toggleAll(rows: readonly Row[]): void;
  clear(): void;
}

const none: ReadonlySet<string> = new Set();

/**
 * The selected rows of a list; the same object while nothing of it changes, if `rows` and `keyOf` are the same. `list` identifies
 * the list: another page or filter starts with no selection.
 */
export function useSelection<Row>(rows: readonly Row[], keyOf: (row: Row) => string, list: string): Selection<Row> {
  const [state, setState] = useState({ list, keys: none });
  const keys = state.list === list ? state.keys : none;
  return useMemo(() => {
    const set = (next: ReadonlySet<string>): void => setState({ list, keys: next });
    return {
      chosen: rows.filter((row) => keys.has(keyOf(row))),
      has: (key) => keys.has(key),
      toggle: (key) => {
        const next = new Set(keys);
        if (!next.delete(key)) next.add(key);
        set(next);
      },
      toggleAll: (some) => {
        const next = new Set(keys);
        const own = some.map(keyOf);
        const isRemoving = own.every((key) => keys.has(key));
        for (const key of own) {
          if (isRemoving) next.delete(key);
          else next.add(key);
        }
        set(next);
      },
      clear: () => set(none),
    };
  }, [rows, keyOf, list, keys]);
}

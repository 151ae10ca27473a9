import type { Finding } from "@wsc-dashboard/wsc-core";
import { useCallback, useRef, useState } from "react";

export interface FindingSelection {
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (number: string, isChosen: boolean, isRange: boolean) => void;
  readonly selectAll: (findings: readonly Finding[]) => void;
  readonly clear: () => void;
}

/** The selection after a checkbox was pressed; a range extends from the previously pressed one to this one. */
export function withSelected(
  selected: ReadonlySet<string>,
  numbers: readonly string[],
  isChosen: boolean,
): ReadonlySet<string> {
  const next = new Set(selected);
  for (const number of numbers) {
    if (isChosen) next.add(number);
    else next.delete(number);
  }
  return next;
}

/** The numbers between two positions of a list, both inclusive, in either order. */
export function numbersBetween(ordered: readonly Finding[], from: number, to: number): readonly string[] {
  return ordered.slice(Math.min(from, to), Math.max(from, to) + 1).map(({ number }) => number);
}

/** Manually selected findings; those that a filter hides stay selected. */
export function useFindingSelection(
  ordered: readonly Finding[],
  places: ReadonlyMap<string, number>,
): FindingSelection {
  const [selected, setSelected] = useState<ReadonlySet<string>>(() => new Set());
  const last = useRef<string | null>(null);
  const onSelect = useCallback<FindingSelection["onSelect"]>(
    (number, isChosen, isRange) => {
      const from = last.current === null ? undefined : places.get(last.current);
      const to = places.get(number);
      last.current = number;
      const isKnownRange = isRange && from !== undefined && to !== undefined;
      const numbers = isKnownRange ? numbersBetween(ordered, from, to) : [number];
      setSelected((now) => withSelected(now, numbers, isChosen));
    },
    [ordered, places],
  );
  const selectAll = useCallback<FindingSelection["selectAll"]>(
    (findings) => setSelected(new Set(findings.map(({ number }) => number))),
    [],
  );
  const clear = useCallback(() => setSelected(new Set()), []);
  return { selected, onSelect, selectAll, clear };
}

import type { Job } from "@wsc-dashboard/wsc-core";
import { useState } from "react";

export interface Selection {
  /** The selected jobs of the page in their current state. */
  readonly chosen: readonly Job[];
  has(instanceNo: string): boolean;
  toggle(instanceNo: string): void;
  /** Selects the whole page, or nothing when all are selected already. */
  toggleAll(): void;
  clear(): void;
}

/** The selected rows of the page on screen. `page` identifies it: another page or filter starts with no selection. */
export function useSelection(jobs: readonly Job[], page: string): Selection {
  const [state, setState] = useState({ page, numbers: new Set<string>() as ReadonlySet<string> });
  const numbers: ReadonlySet<string> = state.page === page ? state.numbers : new Set();
  const set = (next: ReadonlySet<string>): void => setState({ page, numbers: next });
  const chosen = jobs.filter(({ instanceNo }) => numbers.has(instanceNo));
  return {
    chosen,
    has: (instanceNo) => numbers.has(instanceNo),
    toggle: (instanceNo) => {
      const next = new Set(numbers);
      if (!next.delete(instanceNo)) next.add(instanceNo);
      set(next);
    },
    toggleAll: () => set(new Set(chosen.length === jobs.length ? [] : jobs.map(({ instanceNo }) => instanceNo))),
    clear: () => set(new Set()),
  };
}

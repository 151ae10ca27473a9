import type { Job } from "@wsc-dashboard/wsc-core";
import { useState } from "react";

export interface Selection {
  /** Those of the page that are chosen, as they are now. */
  readonly chosen: readonly Job[];
  has(instanceNo: string): boolean;
  toggle(instanceNo: string): void;
  /** All of the page, or none when they already are. */
  toggleAll(): void;
  clear(): void;
}

/** Chosen rows of the page on screen. `page` names it: another page or filter begins with nothing chosen. */
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

import { createListWalk, type WalkStep } from "@wsc-dashboard/wsc-core";
import type { ModelDialect } from "./protocol-state.ts";

export interface ListWalkResult {
  readonly isMet: boolean;
  readonly step: WalkStep;
}

const hourMs = 3_600_000;
/** Foreign jobs, enough to establish an order. */
const olderJobs = 6;

/** Memoised: the list is deterministic, and the states of a model use few different arguments. */
export function createModelList(dialect: ModelDialect, isOrderProven: boolean) {
  const results = new Map<string, ListWalkResult>();
  return (jobs: readonly boolean[]): ListWalkResult => {
    const key = jobs.join();
    const result = results.get(key) ?? walkModelList(dialect, jobs, isOrderProven);
    results.set(key, result);
    return result;
  };
}

/**
 * Walks the list of an account with older foreign jobs as the product does. `jobs`: the listed jobs of one submission, each with
 * whether it still carries the token.
 */
function walkModelList(dialect: ModelDialect, jobs: readonly boolean[], isOrderProven: boolean): ListWalkResult {
  const others = Array.from({ length: olderJobs }, (_, index) => ({
    ...{ id: `other ${index}`, start: -(index + 1) * 100 * hourMs, isOurs: false },
  }));
  const own = jobs.map((isOurs, index) => ({ id: `own ${index}`, start: index + 1, isOurs }));
  const newest = [...own.toReversed(), ...others];
  const rows = dialect.order === "newest-first" ? newest : newest.toReversed();
  const walk = createListWalk({ since: 0, limit: 100, maxPages: 10, knownOrder: dialect.order });
  let step: WalkStep = { kind: "read", page: 1 };
  while (step.kind === "read") {
    const given = rows.slice((step.page - 1) * dialect.cap, step.page * dialect.cap);
    if (given.some(({ isOurs }) => isOurs)) return { isMet: true, step };
    // Without the guard a list is complete as soon as its last row is older, as if it were newest first.
    if (!isOrderProven && (given.at(-1)?.start ?? 0) <= 0)
      return { isMet: false, step: { kind: "complete", by: "order" } };
    step = walk.take({
      ids: given.map(({ id }) => id),
      starts: given.map(({ start }) => start),
      received: given.length,
      total: rows.length,
      pageCount: null,
    });
  }
  return { isMet: false, step };
}

import type { ModelState, Step } from "./protocol-state.ts";

export interface ExploredModel {
  readonly first: ModelState;
  keyOf(state: ModelState): string;
  /** All possible next steps. */
  steps(state: ModelState): readonly Step[];
  /** A violated invariant; `null` when all hold. */
  fault(state: ModelState, before: ModelState): string | null;
  isOver(state: ModelState): boolean;
}

export interface Exploration {
  readonly states: number;
  /** The events that led to a fault, with the fault last; `null` when none is reachable. */
  readonly trace: readonly string[] | null;
  /** The number of reachable states from which no end is reachable. */
  readonly stuck: number;
  /** The events that led to the first of them. */
  readonly stuckTrace: readonly string[] | null;
}

/** Explores every reachable state breadth-first until a fault is found. */
export function explore(model: ExploredModel): Exploration {
  const indexes = new Map<string, number>([[model.keyOf(model.first), 0]]);
  const states: ModelState[] = [model.first];
  const predecessors: { readonly index: number; readonly event: string }[] = [{ index: -1, event: "" }];
  const comesFrom: number[][] = [[]];

  function traceTo(index: number): string[] {
    const events: string[] = [];
    for (let at = index; at > 0; at = predecessors[at]?.index ?? 0) events.push(predecessors[at]?.event ?? "");
    return events.reverse();
  }

  for (let index = 0; index < states.length; index += 1) {
    const state = states[index] as ModelState;
    for (const { event, state: next } of model.steps(state)) {
      const fault = model.fault(next, state);
      if (fault !== null) {
        return { states: states.length, trace: [...traceTo(index), event, fault], stuck: 0, stuckTrace: null };
      }
      const key = model.keyOf(next);
      const known = indexes.get(key);
      if (known !== undefined) {
        comesFrom[known]?.push(index);
        continue;
      }
      indexes.set(key, states.length);
      states.push(next);
      predecessors.push({ index, event });
      comesFrom.push([index]);
    }
  }

  // Backwards from every end state: a state that is not reached cannot end.
  const canEnd = new Uint8Array(states.length);
  const open = states.flatMap((state, index) => (model.isOver(state) ? [index] : []));
  for (const index of open) canEnd[index] = 1;
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    for (const before of comesFrom[index] ?? []) {
      if (canEnd[before] === 1) continue;
      canEnd[before] = 1;
      open.push(before);
    }
  }
  const stuck = canEnd.reduce((sum, one) => sum + (one === 0 ? 1 : 0), 0);
  return { states: states.length, trace: null, stuck, stuckTrace: stuck === 0 ? null : traceTo(canEnd.indexOf(0)) };
}

import type { ModelState, Step } from "./protocol-state.ts";

export interface ExploredModel {
  readonly first: ModelState;
  keyOf(state: ModelState): string;
  /** Everything that can happen next. */
  steps(state: ModelState): readonly Step[];
  /** What must never be; `null` when all is well. */
  fault(state: ModelState, before: ModelState): string | null;
  isOver(state: ModelState): boolean;
}

export interface Exploration {
  readonly states: number;
  /** The events that led to a fault, and the fault last; `null` when none can be reached. */
  readonly trace: readonly string[] | null;
  /** How many reachable states cannot come to an end any more. */
  readonly stuck: number;
  /** The events that led to the first of them. */
  readonly stuckTrace: readonly string[] | null;
}

/** Walks through every reachable state, the nearest first, until a fault is met. */
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

  // Backwards from every end: what is not met cannot end.
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

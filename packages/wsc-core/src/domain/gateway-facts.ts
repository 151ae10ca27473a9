import type { KeptMemo } from "./memo-token.ts";

/**
 * What the vendor's documents leave open and this dashboard relies on. Until an answer has shown it, a fact is assumed; then it is
 * proven, or refuted when the account's gateway does otherwise.
 */
export const factNames = ["memo-kept"] as const;
export type FactName = (typeof factNames)[number];

export const factStates = ["assumed", "proven", "refuted"] as const;
export type FactState = (typeof factStates)[number];

/** What is known of one fact. */
export interface FactFinding {
  readonly state: FactState;
  /** What the gateway does, as a word of this fact; `null` while nobody has seen it. */
  readonly value: string | null;
  /** The number that belongs to it, such as a length in characters. */
  readonly measure: number | null;
}

export const unobserved: FactFinding = { state: "assumed", value: null, measure: null };

/**
 * Whether memos are kept whole, with the longest one that was seen whole, in characters. Once one was not, only a person says that
 * they are again: short memos would prove it, and long ones be lost. `null`: nothing new.
 */
export function judgeMemoKept(known: FactFinding, kept: KeptMemo): FactFinding | null {
  if (known.state === "refuted") return null;
  if (kept.kind !== "whole")
    return { state: "refuted", value: kept.kind, measure: kept.kind === "cut" ? kept.length : null };
  if (known.state === "proven" && (known.measure ?? 0) >= kept.length) return null;
  return { state: "proven", value: "whole", measure: kept.length };
}

/**
 * Why the absence of a memo of `length` characters from a list proves nothing, or `null`: a list can only show what the gateway
 * keeps, and so far nothing longer than the longest memo seen whole is known to be kept.
 */
export function memoGap(known: FactFinding, length: number): "MEMO_CUT" | "MEMO_UNPROVEN" | null {
  if (known.state === "refuted") return "MEMO_CUT";
  return known.state === "proven" && length <= (known.measure ?? 0) ? null : "MEMO_UNPROVEN";
}

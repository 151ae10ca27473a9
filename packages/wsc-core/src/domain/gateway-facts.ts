import { type KeptMemo, memoTokenLength } from "./memo-token.ts";

/**
 * Facts about an account's gateway that the vendor's documents leave open, those that matter for paid calls first. A fact is
 * assumed until a response shows it; then it is proven, or refuted if the gateway behaves differently.
 */
export const factNames = [
  "memo-kept",
  "list-order",
  "page-size",
  "page-count",
  "page-beyond-end",
  "created-id",
  "memo-search",
  "url-search",
  "status-filter",
  "status-words",
  "date-zone",
  "envelope",
  "number-form",
  "report-form",
  "unknown-report",
  "clock-limit",
  "wrong-key",
  "unknown-cancel",
] as const;
export type FactName = (typeof factNames)[number];

export const factStates = ["assumed", "proven", "refuted"] as const;
export type FactState = (typeof factStates)[number];

/** What showed a fact: a page of the job list, a search, a job of this dashboard, a report, or the probe. */
export const factSources = ["list", "search", "job", "report", "probe"] as const;
export type FactSource = (typeof factSources)[number];

/** State of one fact. The evidence is a word of ours and a number, never the vendor's text. */
export interface FactFinding {
  /** proven: as documented or assumed. refuted: different. */
  readonly state: FactState;
  /** What the gateway does, as a code of this fact; `null` while unobserved. */
  readonly value: string | null;
  /** A number for the value, such as a length in characters, rows or jobs. */
  readonly measure: number | null;
}

/** One fact of the list with what is known of it. */
export interface GatewayFact extends FactFinding {
  readonly name: FactName;
}

export const unobserved: FactFinding = { state: "assumed", value: null, measure: null };
export const provenFact = (value: string, measure: number | null = null): FactFinding => ({
  state: "proven",
  value,
  measure,
});
export const refutedFact = (value: string, measure: number | null = null): FactFinding => ({
  state: "refuted",
  value,
  measure,
});

/**
 * Returns the new state of a fact after an ordinary response; `null` for no change. A refuted fact stays refuted: a response that
 * agrees with the assumption does not undo one that contradicted it. Only a probe, which tests on purpose, can change it.
 */
export function learnFact(known: FactFinding, seen: FactFinding): FactFinding | null {
  if (seen.state === "assumed" || known.state === "refuted" || known.state === seen.state) return null;
  return seen;
}

/**
 * The same for the order of the list. A list seen in two orders has none, and its starts prove nothing; so a response in yet
 * another order also changes a refuted fact.
 */
export function learnListOrder(known: FactFinding, seen: FactFinding): FactFinding | null {
  if (known.state !== "refuted" || seen.state === "assumed") return learnFact(known, seen);
  return known.value === "unordered" || known.value === seen.value ? null : refutedFact("unordered");
}

/** Facts that a probe cannot judge: only a job created by this dashboard shows them. */
const shownByJobs: ReadonlySet<FactName> = new Set(["memo-kept", "created-id"]);

/** Returns the new state after a probe; `null` for no change. Facts that its responses do not show keep their state. */
export function learnProbedFact(known: FactFinding, { name, ...seen }: GatewayFact): FactFinding | null {
  if (seen.state === "assumed" || shownByJobs.has(name)) return null;
  return known.state === seen.state && known.value === seen.value ? null : seen;
}

/**
 * Judges whether memos are kept whole; the measure is the longest one seen whole, in characters. Once refuted, only a person
 * resets it: a short memo would seem to prove it again while long ones are lost. `null` for no change.
 */
export function judgeMemoKept(known: FactFinding, kept: KeptMemo): FactFinding | null {
  if (known.state === "refuted") return null;
  if (kept.kind !== "whole") return refutedFact(kept.kind, kept.kind === "cut" ? kept.length : null);
  if (known.state === "proven" && (known.measure ?? 0) >= kept.length) return null;
  return provenFact("whole", kept.length);
}

/**
 * Returns why the absence of a memo of `length` characters from a list proves nothing, or `null`: only memos up to the longest
 * one seen whole are known to be kept by the gateway.
 */
export function memoGap(known: FactFinding, length: number): "MEMO_CUT" | "MEMO_UNPROVEN" | null {
  if (known.state === "refuted") return "MEMO_CUT";
  return known.state === "proven" && length <= (known.measure ?? 0) ? null : "MEMO_UNPROVEN";
}

/**
 * Returns how many characters of a person's memo are known to survive, not counting the token: `cut` if the gateway drops the
 * rest, `kept` if nothing longer was seen yet. `null` while unknown.
 */
export function memoRoom({
  state,
  value,
  measure,
}: FactFinding): { readonly kind: "kept" | "cut"; readonly room: number } | null {
  if (measure === null || state === "assumed") return null;
  const room = Math.max(0, measure - memoTokenLength - 1);
  if (state === "proven") return { kind: "kept", room };
  return value === "cut" ? { kind: "cut", room } : null;
}

/**
 * Judges whether the gateway returns the new job's number: `hint` is the number in the response, `instanceNo` the one in the
 * list. `isAccepted`: the response was a success, and neither lost nor unclear.
 */
export function judgeCreatedId(hint: string | null, instanceNo: string, isAccepted: boolean): FactFinding {
  if (hint === null) return isAccepted ? refutedFact("missing") : unobserved;
  return hint === instanceNo ? provenFact("given") : refutedFact("other");
}

const minuteMs = 60_000;
/** Zones differ by whole quarters of an hour and at most by this. */
const maxZoneOffsetMs = 26 * 3_600_000;

/**
 * Judges whether dates are in the configured zone, by a job created at `signedAt` that shows `startedAt`, both in gateway time,
 * milliseconds. A job cannot start before it was requested, and a start right after it fits only the right zone.
 */
export function judgeStartZone(startedAt: number | null, signedAt: number): FactFinding {
  if (startedAt === null) return unobserved;
  const lateMs = startedAt - signedAt;
  if (lateMs >= -5 * minuteMs && lateMs < 10 * minuteMs)
    return provenFact("configured", Math.max(0, Math.round(lateMs / minuteMs)));
  return lateMs < -10 * minuteMs && lateMs > -maxZoneOffsetMs
    ? refutedFact("behind", Math.round(-lateMs / minuteMs))
    : unobserved;
}

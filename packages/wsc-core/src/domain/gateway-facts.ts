import { type KeptMemo, memoTokenLength } from "./memo-token.ts";

/**
 * What the vendor's documents leave open about an account's gateway, what decides about calls that are paid for first. Until an
 * answer has shown it, a fact is assumed; then it is proven, or refuted when the gateway does otherwise.
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

/** What has shown a fact: a page of the job list, a search, a job of this dashboard, a report, or the probe. */
export const factSources = ["list", "search", "job", "report", "probe"] as const;
export type FactSource = (typeof factSources)[number];

/** What is known of one fact. Evidence is a word of ours and a number, never the vendor's text. */
export interface FactFinding {
  /** proven: as documented or assumed. refuted: otherwise. */
  readonly state: FactState;
  /** What the gateway does, as a word of this fact; `null` while unobserved. */
  readonly value: string | null;
  /** The number that belongs to it, such as a length in characters, rows or jobs. */
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
 * What is known after an answer that passed has shown a fact; `null` when that is nothing new. What is refuted stays so: an answer
 * that agrees with an assumption does not undo one that contradicted it. Only a probe, which looks on purpose, says it again.
 */
export function learnFact(known: FactFinding, seen: FactFinding): FactFinding | null {
  if (seen.state === "assumed" || known.state === "refuted" || known.state === seen.state) return null;
  return seen;
}

/**
 * The same for the order of the list. One that comes now in this order and now in that has none, and its starts prove nothing: of a
 * list that was refuted, an answer in yet another order is news as well.
 */
export function learnListOrder(known: FactFinding, seen: FactFinding): FactFinding | null {
  if (known.state !== "refuted" || seen.state === "assumed") return learnFact(known, seen);
  return known.value === "unordered" || known.value === seen.value ? null : refutedFact("unordered");
}

/** Facts that a probe cannot judge: only a job that this dashboard creates shows them. */
const shownByJobs: ReadonlySet<FactName> = new Set(["memo-kept", "created-id"]);

/** What is known after a probe; `null` when that is nothing new. What its answers do not tell stays as it was. */
export function learnProbedFact(known: FactFinding, { name, ...seen }: GatewayFact): FactFinding | null {
  if (seen.state === "assumed" || shownByJobs.has(name)) return null;
  return known.state === seen.state && known.value === seen.value ? null : seen;
}

/**
 * Whether memos are kept whole, with the longest one that was seen whole, in characters. Once one was not, only a person says that
 * they are again: short memos would prove it, and long ones be lost. `null`: nothing new.
 */
export function judgeMemoKept(known: FactFinding, kept: KeptMemo): FactFinding | null {
  if (known.state === "refuted") return null;
  if (kept.kind !== "whole") return refutedFact(kept.kind, kept.kind === "cut" ? kept.length : null);
  if (known.state === "proven" && (known.measure ?? 0) >= kept.length) return null;
  return provenFact("whole", kept.length);
}

/**
 * Why the absence of a memo of `length` characters from a list proves nothing, or `null`: a list can only show what the gateway
 * keeps, and so far nothing longer than the longest memo seen whole is known to be kept.
 */
export function memoGap(known: FactFinding, length: number): "MEMO_CUT" | "MEMO_UNPROVEN" | null {
  if (known.state === "refuted") return "MEMO_CUT";
  return known.state === "proven" && length <= (known.measure ?? 0) ? null : "MEMO_UNPROVEN";
}

/**
 * How many characters of a person's memo are known to survive: `cut` when the gateway drops the rest, `kept` when nothing longer
 * was seen yet. The token in front of the memo is taken off. `null` while nothing is known.
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
 * Whether the gateway names the new job's number when it accepts a call: `hint` is the number in its answer, `instanceNo` the one
 * that the list shows. `isAccepted`: its answer said yes, and was not lost or unclear.
 */
export function judgeCreatedId(hint: string | null, instanceNo: string, isAccepted: boolean): FactFinding {
  if (hint === null) return isAccepted ? refutedFact("missing") : unobserved;
  return hint === instanceNo ? provenFact("given") : refutedFact("other");
}

const minuteMs = 60_000;
/** Zones are whole quarters of an hour apart and at most this far. */
const maxZoneOffsetMs = 26 * 3_600_000;

/**
 * Whether dates are read in their zone, by a job that was created at `signedAt` and shows `startedAt`, both in milliseconds by the
 * gateway's clock. A job cannot start before it was asked for; one that starts within the hour leaves no zone but the right one.
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

import * as z from "zod/mini";
import { foldItem } from "./retest-rule.ts";
import type { Verdict } from "./verdict-states.ts";

/**
 * Why the effective verdict differs from, or adds to, the decision. came-back: fixed, then reported by a later scan.
 * acceptance-ended: the last day of the accepted risk is over. waiting: fixed, not yet tested by a later scan. confirmed: fixed,
 * and a later scan tested there without finding it.
 */
export const verdictCauses = ["came-back", "acceptance-ended", "waiting", "confirmed"] as const;
export type VerdictCause = (typeof verdictCauses)[number];

/** Input of the effective verdict. Instants are milliseconds since the epoch, in gateway time. */
export interface VerdictFacts {
  /** The latest decision. */
  readonly verdict: Verdict;
  readonly decidedAt: number;
  /** When the acceptance of a risk ends; `null` for other verdicts. */
  readonly endsAt: number | null;
  /** Start of the latest scan that reported the finding, as far as known. */
  readonly seenAt: number | null;
  /** Start of the latest scan that tested there and did not report it, as far as known. */
  readonly absentAt: number | null;
}

export interface EffectiveVerdict {
  readonly state: Verdict;
  readonly cause: VerdictCause | null;
}

/** The vendor's times have whole seconds: a scan that starts in the same second as a decision counts as later. */
const wholeSecond = (at: number): number => Math.floor(at / 1000) * 1000;

/**
 * Returns the effective verdict at an instant. Only a scan that began after the decision can contradict or confirm "fixed"; the
 * latest such scan counts, in whichever order scans became known. Scans do not change other verdicts.
 */
export function effectiveVerdict(facts: VerdictFacts, at: number): EffectiveVerdict {
  const { verdict, decidedAt, endsAt, seenAt, absentAt } = facts;
  if (verdict === "risk-accepted") {
    return endsAt !== null && at >= endsAt
      ? { state: "open", cause: "acceptance-ended" }
      : { state: verdict, cause: null };
  }
  if (verdict !== "fixed") return { state: verdict, cause: null };
  const since = wholeSecond(decidedAt);
  const seen = seenAt !== null && seenAt >= since ? seenAt : null;
  const absent = absentAt !== null && absentAt >= since ? absentAt : null;
  if (seen !== null && (absent === null || absent <= seen)) return { state: "open", cause: "came-back" };
  return { state: verdict, cause: absent === null ? "waiting" : "confirmed" };
}

/** Returns whether a finding still needs action: no decision has settled it. */
export function isOpenVerdict(state: Verdict): boolean {
  return state === "open" || state === "in-work";
}

/** A history entry that affects the verdict of a finding. */
export type VerdictEvent =
  | { readonly kind: "decided"; readonly at: number; readonly verdict: Verdict; readonly endsAt: number | null }
  /** A scan that began at `startedAt` reported the finding, or tested there and did not report it. */
  | { readonly kind: "seen"; readonly startedAt: number }
  | { readonly kind: "absent"; readonly startedAt: number };

const later = (a: number | null, b: number): number => (a === null ? b : Math.max(a, b));

/** Returns the facts after one more event. */
export function addVerdictEvent(facts: VerdictFacts, event: VerdictEvent): VerdictFacts {
  if (event.kind === "seen") return { ...facts, seenAt: later(facts.seenAt, event.startedAt) };
  if (event.kind === "absent") return { ...facts, absentAt: later(facts.absentAt, event.startedAt) };
  const { verdict, at, endsAt } = event;
  return { ...facts, verdict, decidedAt: at, endsAt: verdict === "risk-accepted" ? endsAt : null };
}

/** Facts of a finding without any decision. */
export const undecided: VerdictFacts = { verdict: "open", decidedAt: 0, endsAt: null, seenAt: null, absentAt: null };

/**
 * Returns the key under which a verdict is stored, from a fingerprint: case, blanks and letter width of the check's name are
 * ignored, as in comparisons.
 */
export function findingIdentity(fingerprint: string): string {
  const end = fingerprint.indexOf("|");
  if (end === -1) return fingerprint;
  const item = fingerprint.slice(0, end);
  try {
    return `${encodeURIComponent(foldItem(decodeURIComponent(item)))}${fingerprint.slice(end)}`;
  } catch {
    return fingerprint;
  }
}

/** A calendar day: `2026-12-31`. */
export const daySchema = z.string().check(
  z.regex(/^\d{4}-\d{2}-\d{2}$/),
  z.refine((text) => {
    const day = new Date(`${text}T00:00:00Z`);
    return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
  }),
);

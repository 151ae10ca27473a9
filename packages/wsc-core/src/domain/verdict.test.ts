import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findingFingerprint } from "./finding.ts";
import {
  addVerdictEvent,
  daySchema,
  effectiveVerdict,
  findingIdentity,
  isOpenVerdict,
  undecided,
  type VerdictEvent,
  type VerdictFacts,
} from "./verdict.ts";
import { verdicts } from "./verdict-states.ts";

const minute = 60_000;
const instant = fc.integer({ min: 1, max: 1_000 }).map((count) => count * minute);
const decision: fc.Arbitrary<VerdictEvent> = fc.record({
  kind: fc.constant("decided" as const),
  at: instant,
  verdict: fc.constantFrom(...verdicts),
  endsAt: fc.option(instant, { nil: null }),
});
const observation: fc.Arbitrary<VerdictEvent> = fc.record({
  kind: fc.constantFrom("seen" as const, "absent" as const),
  startedAt: instant,
});
const factsOf = (events: readonly VerdictEvent[]): VerdictFacts => events.reduce(addVerdictEvent, undecided);
const decided = (known: Partial<VerdictFacts>): VerdictFacts => ({ ...undecided, decidedAt: 10 * minute, ...known });

describe("the effective verdict of a finding", () => {
  it("is exactly one of five at any instant, whatever was decided and seen", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(decision, observation)), instant, (events, at) => {
        const { state, cause } = effectiveVerdict(factsOf(events), at);
        expect(verdicts.filter((verdict) => verdict === state)).toHaveLength(1);
        expect(isOpenVerdict(state)).toBe(state === "open" || state === "in-work");
        if (cause === "came-back" || cause === "acceptance-ended") expect(state).toBe("open");
        if (cause === "waiting" || cause === "confirmed") expect(state).toBe("fixed");
      }),
    );
  });

  it("does not depend on the order in which scans become known", () => {
    fc.assert(
      fc.property(decision, fc.array(observation), instant, fc.infiniteStream(fc.nat()), (first, scans, at, picks) => {
        const shuffled = scans
          .map((scan) => ({ scan, place: picks.next().value }))
          .sort((a, b) => a.place - b.place)
          .map(({ scan }) => scan);
        expect(effectiveVerdict(factsOf([first, ...shuffled]), at)).toEqual(
          effectiveVerdict(factsOf([first, ...scans]), at),
        );
      }),
    );
  });

  it("is changed by scans only when it is fixed, and then only by those that began after the decision", () => {
    fc.assert(
      fc.property(decision, fc.array(observation), instant, (first, scans, at) => {
        if (first.kind !== "decided") return;
        const before = effectiveVerdict(factsOf([first]), at);
        const after = effectiveVerdict(factsOf([first, ...scans]), at);
        const later = scans.filter((scan) => scan.kind !== "decided" && scan.startedAt >= first.at);
        if (first.verdict !== "fixed" || later.length === 0) expect(after).toEqual(before);
        if (after.state !== before.state) expect(later.some(({ kind }) => kind === "seen")).toBe(true);
      }),
    );
  });

  it("is that of the latest decision, whatever was decided before", () => {
    fc.assert(
      fc.property(fc.array(decision), decision, instant, (earlier, last, at) => {
        expect(effectiveVerdict(factsOf([...earlier, last]), at)).toEqual(effectiveVerdict(factsOf([last]), at));
      }),
    );
  });

  it("of an accepted risk ends at its instant, not before", () => {
    const accepted = decided({ verdict: "risk-accepted", endsAt: 20 * minute });
    expect(effectiveVerdict(accepted, 20 * minute - 1)).toEqual({ state: "risk-accepted", cause: null });
    expect(effectiveVerdict(accepted, 20 * minute)).toEqual({ state: "open", cause: "acceptance-ended" });
  });

  it.each([
    ["no scan since", {}, "fixed", "waiting"],
    ["a scan that had begun before", { seenAt: 10 * minute - 1_000 }, "fixed", "waiting"],
    ["a scan of the same second", { seenAt: 10 * minute }, "open", "came-back"],
    ["a later scan that reported it", { seenAt: 11 * minute }, "open", "came-back"],
    ["a later scan that did not", { absentAt: 11 * minute }, "fixed", "confirmed"],
    ["first not, then again", { absentAt: 11 * minute, seenAt: 12 * minute }, "open", "came-back"],
    ["first again, then not", { seenAt: 11 * minute, absentAt: 12 * minute }, "fixed", "confirmed"],
    ["reported before the decision, not after", { seenAt: 9 * minute, absentAt: 12 * minute }, "fixed", "confirmed"],
  ] as const)("after it was fixed, with %s", (_, known, state, cause) => {
    expect(effectiveVerdict(decided({ verdict: "fixed", ...known }), 99 * minute)).toEqual({ state, cause });
  });
});

describe("the identity of a finding", () => {
  const fingerprintOf = (item: string) =>
    findingFingerprint({ item, method: "GET", url: "https://www.example.com/a", parameter: "q" });

  it("is the same for the name of a check in another case, width or with other blanks", () => {
    const identity = findingIdentity(fingerprintOf("SQL Injection"));
    for (const item of ["sql injection", "SQLInjection", "ＳＱＬ Injection"]) {
      expect(findingIdentity(fingerprintOf(item)), item).toBe(identity);
    }
    for (const item of ["SQL Injections", "LDAP Injection", ""]) {
      expect(findingIdentity(fingerprintOf(item)), item).not.toBe(identity);
    }
  });

  it("is defined for any text, and stays the same when it is read again", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(findingIdentity(findingIdentity(text))).toBe(findingIdentity(text));
        const identity = findingIdentity(fingerprintOf(text));
        expect(findingIdentity(identity)).toBe(identity);
      }),
    );
  });
});

describe("a day", () => {
  it.each(["2026-12-31", "2028-02-29"])("is %s", (text) => {
    expect(daySchema.safeParse(text).success).toBe(true);
  });
  it.each(["2026-02-30", "2027-02-29", "2026-13-01", "26-01-01", "2026-1-1", "2026-12-31T00:00", "", "=1+1"])(
    "is not %j",
    (text) => {
      expect(daySchema.safeParse(text).success).toBe(false);
    },
  );
});

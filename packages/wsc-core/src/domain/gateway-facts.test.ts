import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeEvidence, describeFact, factTextsIn } from "./fact-texts.ts";
import {
  type FactFinding,
  factNames,
  factStates,
  judgeCreatedId,
  judgeStartZone,
  learnFact,
  learnListOrder,
  learnProbedFact,
  memoGap,
  memoRoom,
  provenFact,
  refutedFact,
  unobserved,
} from "./gateway-facts.ts";
import { languages } from "./language.ts";

const finding: fc.Arbitrary<FactFinding> = fc.record({
  state: fc.constantFrom(...factStates),
  value: fc.option(fc.constantFrom("part", "whole-only")),
  measure: fc.option(fc.nat(1000)),
});

describe("learnFact", () => {
  it("never reverts a refuted fact, and ignores answers without evidence", () => {
    fc.assert(
      fc.property(fc.array(finding, { maxLength: 12 }), (answers) => {
        let known: FactFinding = unobserved;
        let isRefuted = false;
        for (const seen of answers) {
          const next = learnFact(known, seen);
          if (seen.state === "assumed" || isRefuted) expect(next).toBeNull();
          known = next ?? known;
          isRefuted ||= seen.state === "refuted";
          expect(known.state === "refuted").toBe(isRefuted);
        }
      }),
    );
  });

  it("changes a fact at most twice: from assumed to proven, then to refuted", () => {
    fc.assert(
      fc.property(fc.array(finding), (answers) => {
        let known: FactFinding = unobserved;
        let changes = 0;
        for (const seen of answers) {
          const next = learnFact(known, seen);
          if (next !== null) changes += 1;
          known = next ?? known;
        }
        expect(changes).toBeLessThanOrEqual(2);
      }),
    );
  });
});

describe("the order of the list", () => {
  it("is none once it was seen in another one than the one that refuted it, and stays so", () => {
    const oldestFirst = refutedFact("oldest-first");
    for (const other of [provenFact("newest-first"), refutedFact("unordered")]) {
      expect(learnListOrder(oldestFirst, other)).toEqual(refutedFact("unordered"));
      expect(learnListOrder(refutedFact("unordered"), other)).toBeNull();
    }
    for (const same of [oldestFirst, unobserved]) expect(learnListOrder(oldestFirst, same)).toBeNull();
    expect(learnListOrder(unobserved, oldestFirst)).toEqual(oldestFirst);
    expect(learnListOrder(provenFact("newest-first"), oldestFirst)).toEqual(oldestFirst);
  });
});

describe("learnProbedFact", () => {
  it("lets a probe overwrite a fact, except those that only jobs of this dashboard show", () => {
    const seen = provenFact("newest-first");
    expect(learnProbedFact(refutedFact("oldest-first"), { name: "list-order", ...seen })).toEqual(seen);
    expect(learnProbedFact(seen, { name: "list-order", ...seen, measure: 3 })).toBeNull();
    expect(learnProbedFact(seen, { name: "list-order", ...unobserved })).toBeNull();
    for (const name of ["memo-kept", "created-id"] as const) {
      expect(learnProbedFact(refutedFact("cut"), { name, ...provenFact("whole") })).toBeNull();
    }
  });
});

describe("evidence from a job of this dashboard", () => {
  it("includes whether createJob returns the id, only when its answer is known", () => {
    expect(judgeCreatedId("17", "17", true)).toEqual(provenFact("given"));
    expect(judgeCreatedId("1", "17", true)).toEqual(refutedFact("other"));
    expect(judgeCreatedId(null, "17", true)).toEqual(refutedFact("missing"));
    expect(judgeCreatedId(null, "17", false)).toEqual(unobserved);
  });

  it("includes the zone of dates: confirmed when the job starts after the call, refuted when it starts before", () => {
    const signedAt = Date.UTC(2026, 10, 28);
    const hour = 3_600_000;
    expect(judgeStartZone(signedAt + 90_000, signedAt)).toEqual(provenFact("configured", 2));
    expect(judgeStartZone(signedAt - 9 * hour, signedAt)).toEqual(refutedFact("behind", 540));
    for (const startedAt of [null, signedAt + hour, signedAt - 400 * hour, signedAt - 7 * 60_000]) {
      expect(judgeStartZone(startedAt, signedAt)).toEqual(unobserved);
    }
  });
});

describe("memoRoom", () => {
  it("is the room beside the token, consistent with the absence proof", () => {
    expect(memoRoom(unobserved)).toBeNull();
    expect(memoRoom(refutedFact("changed"))).toBeNull();
    expect(memoRoom(refutedFact("cut", 40))).toEqual({ kind: "cut", room: 20 });
    expect(memoRoom(refutedFact("cut", 5))).toEqual({ kind: "cut", room: 0 });
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 700 }), (measure) => {
        const known = provenFact("whole", measure);
        const { room } = memoRoom(known) ?? { room: -1 };
        expect(memoGap(known, room + 20)).toBeNull();
        expect(memoGap(known, room + 21)).toBe("MEMO_UNPROVEN");
      }),
    );
  });
});

describe("the texts of facts", () => {
  it("exist for every fact in every language and state, different for each fact", () => {
    for (const language of languages) {
      const texts = Object.values(factTextsIn(language));
      expect(new Set(texts).size).toBe(factNames.length);
      for (const name of factNames)
        for (const state of factStates) {
          const line = describeFact({ name, state, value: null, measure: null }, language);
          expect(line).not.toMatch(/undefined|null/);
        }
    }
  });

  it("say what their numbers are", () => {
    const zone = { name: "date-zone", value: "configured", measure: 0 } as const;
    expect(describeEvidence(zone, "en")).toBe("the configured zone, start and clock 0 min apart");
    expect(describeEvidence({ name: "page-size", value: null, measure: 12 }, "ko")).toBe("한 페이지에 12건");
    expect(describeEvidence({ name: "unknown-report", value: "901", measure: null }, "en")).toBe("code 901");
    expect(describeEvidence({ name: "wrong-key", value: "300", measure: 403 }, "ja")).toBe("コード300、HTTP 403");
    expect(describeEvidence({ name: "list-order", value: null, measure: null }, "en")).toBe("");
  });
});

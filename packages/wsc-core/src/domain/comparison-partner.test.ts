import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ComparableJob, choosePartner } from "./comparison-partner.ts";

const open = { signInUsed: false, checks: '["all"]', scope: "/" };
const job = (number: number, day: number, settings: ComparableJob["settings"] = open): ComparableJob => ({
  instanceNo: String(number),
  endedAt: new Date(Date.UTC(2026, 0, day)).toISOString(),
  settings,
});
const signedIn = { ...open, signInUsed: true };

describe("the right partner of a comparison", () => {
  it("is the master of a re-scan, although a later job has the same settings", () => {
    const master = job(1, 1);
    expect(choosePartner(job(3, 3), "1", [job(2, 2), master])).toMatchObject({ partner: "1", notComparable: null });
  });

  it("is the latest earlier job with the same settings when there is no master, or when it cannot be read", () => {
    const others = [job(1, 1), job(2, 2), job(4, 4, signedIn), job(9, 9)];
    expect(choosePartner(job(5, 5), null, others).partner).toBe("2");
    expect(choosePartner(job(5, 5), "77", others).partner).toBe("2");
  });

  it.each([
    ["signIn", { ...open, signInUsed: true }],
    ["checks", { ...open, checks: '["xss"]' }],
    ["scope", { ...open, scope: "/shop" }],
  ] as const)("is nobody when only %s differs, which is told of the latest", (reason, settings) => {
    const others = [job(1, 1, { signInUsed: true, checks: "", scope: "" }), job(2, 2, settings)];
    expect(choosePartner(job(5, 5), null, others)).toEqual({ partner: null, notComparable: reason, lookedAt: "2" });
  });

  it("is not told while a report that may be it has not been read", () => {
    expect(choosePartner(job(5, 5), null, [job(1, 1), job(2, 2, null)])).toMatchObject({
      partner: null,
      notComparable: "unread",
      lookedAt: "2",
    });
    expect(choosePartner(job(5, 5, null), null, [job(1, 1)])).toMatchObject({ notComparable: "unread", lookedAt: "5" });
  });

  it("is nobody for the first job, and never the job itself, a later one or one without an end", () => {
    expect(choosePartner(job(1, 1), null, [])).toMatchObject({ partner: null, notComparable: "first" });
    const others = [job(1, 1), job(2, 1), job(3, 2), { ...job(4, 1), endedAt: null }];
    expect(choosePartner(job(1, 1), "3", others)).toMatchObject({ partner: null, notComparable: "first" });
  });

  it("does not depend on the order of the jobs, and names either a partner or a reason", () => {
    const settings = fc.constantFrom(open, signedIn, { ...open, scope: "/a" }, null);
    const days = fc.uniqueArray(fc.integer({ min: 1, max: 28 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(
        days,
        fc.array(settings, { minLength: 8, maxLength: 8 }),
        fc.integer({ min: 0, max: 7 }),
        (at, all, master) => {
          const jobs = at.map((day, index) => job(index, day, all[index] ?? null));
          const head = jobs[0] as ComparableJob;
          const choice = choosePartner(head, String(master), jobs);
          expect(choosePartner(head, String(master), jobs.toReversed())).toEqual(choice);
          expect((choice.partner === null) !== (choice.notComparable === null)).toBe(true);
          const partner = jobs.find(({ instanceNo }) => instanceNo === choice.partner);
          if (partner !== undefined) expect((partner.endedAt ?? "") < (head.endedAt ?? "")).toBe(true);
          if (partner !== undefined && choice.partner !== String(master))
            expect(partner.settings).toEqual(head.settings);
        },
      ),
    );
  });
});

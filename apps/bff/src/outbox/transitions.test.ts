import { auditActions, type SubmissionState, submissionStates } from "@wsc-dashboard/wsc-core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  afterAbsence,
  afterDue,
  afterLostLease,
  afterRefusal,
  afterWithdrawal,
  countAbsence,
  maxAttempts,
  maxProvenAbsent,
  transitionWhenWithdrawn,
} from "./decisions.ts";
import { inFlight, isSettled, settled, waiting } from "./states.ts";
import { type ChangeName, type Transition, transitions } from "./transitions.ts";

const table = Object.entries(transitions) as [keyof typeof transitions, Transition][];
const targetOf = ({ to }: Transition, from: SubmissionState): SubmissionState => (to === "same" ? from : to);
const timings = { misfireGraceMs: 1_800_000, reconcileStepMs: 15_000 };
const state = fc.constantFrom(...submissionStates);
const instant = fc.integer({ min: 0, max: 10_000_000 });

describe("the table of transitions", () => {
  it("reaches every state from a new row, and has a transition out of every state that is not final", () => {
    const reached = new Set<SubmissionState>();
    let grew = true;
    while (grew) {
      const before = reached.size;
      for (const [, transition] of table) {
        if (transition.from.length === 0) reached.add(targetOf(transition, "SCHEDULED"));
        for (const from of transition.from) if (reached.has(from)) reached.add(targetOf(transition, from));
      }
      grew = reached.size > before;
    }
    expect([...reached].sort()).toEqual([...submissionStates].sort());
    for (const from of submissionStates.filter((name) => !isSettled(name))) {
      const leaves = table.some(([, transition]) => transition.from.includes(from) && transition.to !== "same");
      expect(leaves, from).toBe(true);
    }
  });

  it("leaves a final state only when its job is found", () => {
    for (const [name, { from, to }] of table) {
      const isFromSettled = from.some(isSettled);
      expect(isFromSettled, name).toBe(name === "find");
      if (isFromSettled) expect(to).toBe("BOUND");
    }
  });

  it("sends only from CLAIMED, with an intent in the audit log, and claims only waiting states", () => {
    for (const [name, { from, to, audit, sendLock }] of table) {
      if (to === "DISPATCHING") {
        expect([name, from, audit, sendLock]).toEqual([
          "beginDispatch",
          ["CLAIMED"],
          { action: "job.create", result: "intent" },
          "extend",
        ]);
      }
      if (to === "CLAIMED") expect([name, from]).toEqual(["claim", waiting]);
    }
  });

  it("never sends or resends a withdrawn run", () => {
    for (const [name, { from, to, withdrawn }] of table) {
      const leadsToACall = [...waiting, "CLAIMED", "DISPATCHING"].some((next) => next === to);
      const staysBeforeACall = to === "same" && from.some((each) => waiting.some((other) => other === each));
      if (leadsToACall || staysBeforeACall) expect(withdrawn, name).toBe("must not be");
    }
    for (const [name, instead] of Object.entries(transitionWhenWithdrawn) as [ChangeName, ChangeName][]) {
      for (const from of transitions[name].from) expect(transitions[instead].from, name).toContain(from);
      expect(transitions[instead].to).toBe("CANCELLED");
      expect(transitions[instead].withdrawn).not.toBe("must not be");
    }
  });

  it("releases the budget exactly when no job exists, and books every job", () => {
    for (const [name, { from, to, budget }] of table) {
      if (to === "BOUND") expect(budget, name).toBe("book");
      const endsWithoutJob = settled.some((end) => end === to) && to !== "BOUND" && from.length > 0;
      if (endsWithoutJob) expect(budget, name).toBe("release");
      if (budget === "release") expect(endsWithoutJob || name === "abandonToPerson", name).toBe(true);
    }
  });

  it("erases target credentials in final states and never before", () => {
    for (const [name, { to, credentials }] of table) {
      expect(credentials, name).toBe(to !== "same" && isSettled(to) ? "erase" : "keep");
    }
  });

  it("schedules a next look for every open state, and none for final states or those that wait for a person", () => {
    for (const [name, { to, nextLook, lease }] of table) {
      if (to === "same") continue;
      if (to === "NEEDS_REVIEW" || isSettled(to)) expect(nextLook, name).toBe("never");
      else expect(nextLook, name).not.toBe("never");
      if (inFlight.every((each) => each !== to)) expect(lease, name).not.toBe("take");
      if (to === "NEEDS_REVIEW") expect(lease, name).toBe("drop");
    }
  });

  it("writes an audit entry with a known action for every new state", () => {
    for (const [name, { to, audit }] of table) {
      if (to !== "same" && to !== "CLAIMED") expect(audit, name).not.toBeNull();
      if (audit !== null) expect(auditActions).toContain(audit.action);
    }
  });
});

describe("what follows from a decision", () => {
  it("is a transition allowed in that state", () => {
    fc.assert(
      fc.property(state, (from) => {
        for (const name of [afterWithdrawal(from), afterLostLease(from)]) {
          if (name !== null) expect(transitions[name].from).toContain(from);
        }
        expect(afterWithdrawal(from) === null).toBe(isSettled(from));
      }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...waiting),
        instant,
        instant,
        fc.record({
          isTargetBusy: fc.boolean(),
          collision: fc.constantFrom("skip" as const, "queue" as const, null),
          isBlackedOut: fc.boolean(),
          isOverBudget: fc.boolean(),
        }),
        (from, dueAt, at, facts) => {
          const name = afterDue({ state: from, dueAt }, at, facts, timings);
          expect(transitions[name].from).toContain(from);
          const isFree = !facts.isTargetBusy && !facts.isBlackedOut && !facts.isOverBudget;
          expect(name === "claim").toBe(isFree && at <= dueAt + timings.misfireGraceMs);
        },
      ),
    );
  });

  it("is another call only within the grace period, and never after the last attempt", () => {
    fc.assert(
      fc.property(
        instant,
        instant,
        fc.nat(12),
        fc.nat(5),
        fc.nat(100_000),
        (dueAt, at, attempts, provenAbsent, waitMs) => {
          if (afterRefusal({ dueAt, attempts }, at, { waitMs }, timings) === "retryLater") {
            expect(at + waitMs).toBeLessThanOrEqual(dueAt + timings.misfireGraceMs);
            expect(attempts).toBeLessThan(maxAttempts);
          }
          expect(afterRefusal({ dueAt, attempts }, at, null, timings)).toBe("refuse");
          if (afterAbsence({ dueAt, attempts, provenAbsent }, at, false, timings) === "sendAgain") {
            expect(at).toBeLessThanOrEqual(dueAt + timings.misfireGraceMs);
            expect(provenAbsent).toBeLessThan(maxProvenAbsent);
            expect(attempts).toBeLessThan(maxAttempts);
          }
          expect(afterAbsence({ dueAt, attempts, provenAbsent }, at, true, timings)).toBe("absentToPerson");
        },
      ),
    );
  });

  it("proves absence only by two consecutive searches that began after absenceProofStartsAt, one step apart", () => {
    const search = fc.record({
      afterMs: fc.integer({ min: 0, max: 40_000 }),
      outcome: fc.constantFrom("absent", "unproven", "failed"),
    } as const);
    fc.assert(
      fc.property(fc.array(search, { maxLength: 30 }), fc.nat(400_000), (searches, proofStartsAt) => {
        let known = { searches: 0, absences: 0, lastAbsenceAt: null as number | null, unproven: 0 };
        let startedAt = 0;
        let inRow: number[] = [];
        for (const { afterMs, outcome } of searches) {
          startedAt += afterMs;
          const { isProven, ...next } = countAbsence(known, { startedAt, outcome }, proofStartsAt, timings);
          if (outcome !== "absent") inRow = [];
          else if (startedAt >= proofStartsAt && startedAt - (inRow.at(-1) ?? -Infinity) >= timings.reconcileStepMs) {
            inRow.push(startedAt);
          }
          expect(isProven).toBe(inRow.length >= 2);
          if (isProven) return;
          known = next;
        }
      }),
    );
  });
});

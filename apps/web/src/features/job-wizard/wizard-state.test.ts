import { describe, expect, it } from "vitest";
import { emptyEntry, type SignInEntry } from "../../job-fields/sign-in-entry.ts";
import { initialWizardState, nextStep, wizardReducer } from "./wizard-state.ts";

const typed: SignInEntry = { ...emptyEntry, headers: [{ id: 1, name: "Cookie", value: "SID=canary" }] };

describe("the state of the wizard", () => {
  it("contains no secret after sending, keeps names, and asks for the values again", () => {
    const sent = wizardReducer(initialWizardState(typed), { kind: "sent" });
    expect(JSON.stringify(sent)).not.toContain("canary");
    expect(sent.signIn.headers).toEqual([{ id: 1, name: "Cookie", value: "" }]);
    expect(sent.areSecretsRemoved).toBe(true);
  });

  it("does not ask for values where none were typed", () => {
    expect(wizardReducer(initialWizardState(emptyEntry), { kind: "sent" }).areSecretsRemoved).toBe(false);
  });

  it("counts every refusal, so that each one focuses the error summary", () => {
    const once = wizardReducer(initialWizardState(typed), { kind: "refused" });
    expect(once).toEqual({ signIn: typed, areSecretsRemoved: false, refusals: 1 });
    expect(wizardReducer(once, { kind: "refused" }).refusals).toBe(2);
  });

  it("updates typed values and keeps the rest", () => {
    const refused = wizardReducer(initialWizardState(emptyEntry), { kind: "refused" });
    expect(wizardReducer(refused, { kind: "signInTyped", signIn: typed })).toEqual({ ...refused, signIn: typed });
  });
});

describe("the step after a step", () => {
  it("follows the order and ends with the review", () => {
    expect(nextStep("target", "now")).toBe("signin");
    expect(nextStep("when", "now")).toBe("review");
    expect(nextStep("when", "at")).toBe("review");
    expect(nextStep("review", "now")).toBe("review");
  });

  it("is the schedule form only after the start time of a repeated scan", () => {
    expect(nextStep("when", "repeat")).toBe("schedule");
    expect(nextStep("target", "repeat")).toBe("signin");
  });
});

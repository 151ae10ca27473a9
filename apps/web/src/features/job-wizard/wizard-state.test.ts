import { describe, expect, it } from "vitest";
import { emptyEntry, type SignInEntry } from "../../job-fields/sign-in-entry.ts";
import { initialWizardState, nextStep, wizardReducer } from "./wizard-state.ts";

const typed: SignInEntry = { ...emptyEntry, headers: [{ id: 1, name: "Cookie", value: "SID=canary" }] };

describe("the state of the wizard", () => {
  it("holds no secret after sending, keeps the names, and says that values have to be typed again", () => {
    const sent = wizardReducer(initialWizardState(typed), { kind: "sent" });
    expect(JSON.stringify(sent)).not.toContain("canary");
    expect(sent.signIn.headers).toEqual([{ id: 1, name: "Cookie", value: "" }]);
    expect(sent.areSecretsRemoved).toBe(true);
  });

  it("does not ask for values again where none were typed", () => {
    expect(wizardReducer(initialWizardState(emptyEntry), { kind: "sent" }).areSecretsRemoved).toBe(false);
  });

  it("counts every refusal, so that each one takes the focus to the summary of errors", () => {
    const once = wizardReducer(initialWizardState(typed), { kind: "refused" });
    expect(once).toEqual({ signIn: typed, areSecretsRemoved: false, refusals: 1 });
    expect(wizardReducer(once, { kind: "refused" }).refusals).toBe(2);
  });

  it("takes over what is typed and leaves the rest alone", () => {
    const refused = wizardReducer(initialWizardState(emptyEntry), { kind: "refused" });
    expect(wizardReducer(refused, { kind: "signInTyped", signIn: typed })).toEqual({ ...refused, signIn: typed });
  });
});

describe("the step after a step", () => {
  it("is the next one in order, and the review is the last", () => {
    expect(nextStep("target", "now")).toBe("signin");
    expect(nextStep("when", "now")).toBe("review");
    expect(nextStep("when", "at")).toBe("review");
    expect(nextStep("review", "now")).toBe("review");
  });

  it("is the form of a schedule only after the time of a scan that is to be repeated", () => {
    expect(nextStep("when", "repeat")).toBe("schedule");
    expect(nextStep("target", "repeat")).toBe("signin");
  });
});

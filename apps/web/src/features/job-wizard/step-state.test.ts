import { describe, expect, it } from "vitest";
import type { FormError } from "../../forms/form-error.ts";
import { freshValues } from "../../testing/wizard-values.ts";
import { stepState } from "./step-state.ts";
import { wizardSteps } from "./wizard-search.ts";
import type { WizardValues } from "./wizard-values.ts";

const statesOf = (change: Partial<WizardValues> = {}, errors: readonly FormError[] = []) =>
  Object.fromEntries(
    wizardSteps.map((step) => [step, stepState(step, { ...freshValues, ...change }, freshValues, errors)]),
  );

describe("the state beside each step", () => {
  it("asks for a target and a review only", () => {
    expect(statesOf()).toEqual({
      target: "open",
      signin: "optional",
      checks: "optional",
      when: "optional",
      review: "open",
    });
  });

  it.each<[string, Partial<WizardValues>, string]>([
    ["an address", { startUrl: "https://www.example.com/" }, "target"],
    ["a sign-in", { signIn: { kind: "headers", headers: { Cookie: "SID=1" } } }, "signin"],
    ["another speed", { speed: "3" }, "checks"],
    ["a memo", { memo: "m" }, "checks"],
    ["a time", { when: { kind: "at", localTime: "2027-01-01T02:00", zone: "UTC" } }, "when"],
    ["a repetition", { when: { kind: "repeat" } }, "when"],
    ["the agreement", { consent: { textVersion: "1", accepted: true } }, "review"],
  ])("call the step with %s done", (_, change, step) => {
    expect(statesOf(change)[step]).toBe("done");
  });

  it.each(["", " ", "www.example.com", "ftp://www.example.com", "https://"])(
    "leave the target open for %j",
    (startUrl) => {
      expect(statesOf({ startUrl }).target).toBe("open");
    },
  );

  it.each<[string, Partial<WizardValues>, string]>([
    ["a sign-in without values", { signIn: { kind: "headers", headers: {} } }, "signin"],
    ["no time yet", { when: { kind: "at", localTime: "", zone: "UTC" } }, "when"],
  ])("do not call a step done that was chosen with %s", (_, change, step) => {
    expect(statesOf(change)[step]).toBe("open");
  });

  it("shows an error first", () => {
    const errors = [
      { path: "excludeUrls", code: "URL_OTHER_HOST", line: 1 },
      { path: "signIn.actionUrl", code: "160331" },
    ];
    const states = statesOf({ startUrl: "https://www.example.com/" }, errors);
    expect(states).toMatchObject({ target: "errors", signin: "errors", checks: "optional" });
  });
});

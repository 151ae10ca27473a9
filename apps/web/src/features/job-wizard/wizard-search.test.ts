import { describe, expect, it } from "vitest";
import { readWizardSearch } from "./wizard-search.ts";

describe("the URL of the create form", () => {
  it("contains the step, the source job and the sent submission", () => {
    const search = { step: "review", from: "9007199254740993", submission: "s-1" };
    expect(readWizardSearch(search)).toEqual(search);
  });

  it.each([
    ["a step that does not exist", { step: "where" }],
    ["a job number that is none", { from: "12a" }],
    ["a job number that leads elsewhere", { from: "../../x" }],
    ["a submission that leads elsewhere", { submission: "../session" }],
    ["anything typed in the form", { startUrl: "https://www.example.com/", cookie: "SID=1" }],
  ])("takes nothing from %s", (_, raw) => {
    expect(readWizardSearch(raw)).toEqual({});
  });
});

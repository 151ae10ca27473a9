import { describe, expect, it } from "vitest";
import { en } from "../messages/en.ts";
import { createFormats } from "../messages/formats.ts";
import { jobFacts, type SummarizedJob, shortJobFacts } from "./job-summary.ts";

const formats = createFormats("en", "UTC", en.formatWords);
const canary = "canary-77aa";
const job: SummarizedJob = {
  startUrl: "https://www.example.com/shop",
  excludeUrls: [],
  hosting: "ncloud",
  signIn: { kind: "none" },
  items: ["ALL"],
  userAgent: "PC Chrome",
  speed: "1",
  memo: "",
  when: { kind: "now" },
};
const factsOf = (change: Partial<SummarizedJob> = {}) => jobFacts(en, formats, { ...job, ...change });

describe("the summary of a job request", () => {
  it("contains no credential value", () => {
    const signIns: SummarizedJob["signIn"][] = [
      { kind: "headers", headers: { Cookie: canary } },
      {
        kind: "form",
        actionUrl: "https://www.example.com/login",
        idParam: "id",
        idValue: canary,
        passwordParam: "password",
        passwordValue: canary,
        extra: { tenant: canary },
      },
    ];
    for (const signIn of signIns) {
      expect(JSON.stringify(factsOf({ signIn }))).not.toContain(canary);
      expect(JSON.stringify(shortJobFacts(en, formats, { ...job, signIn }))).not.toContain(canary);
    }
  });

  it("marks a sign-in only when its values are missing", () => {
    expect(factsOf({ signIn: { kind: "headers", headers: {} } }).signIn.lineClass).toBeDefined();
    expect(factsOf({ signIn: { kind: "headers", headers: { Cookie: "SID=1" } } }).signIn.lineClass).toBeUndefined();
  });

  it("shows the kind of sign-in when only that is known, and never missing values", () => {
    expect(factsOf({ signIn: "headers" }).signIn).toEqual({
      label: en.create.signInKind,
      values: [en.create.signInHeaders],
    });
  });

  it("lists every excluded URL separately, and has no values where nothing was typed", () => {
    const excludeUrls = ["https://www.example.com/out", "https://www.example.com/a,b"];
    expect(factsOf({ excludeUrls }).excludeUrls.values).toEqual(excludeUrls);
    const { excludeUrls: none, memo, startUrl } = factsOf({ startUrl: "" });
    expect([none.values, memo.values, startUrl.values]).toEqual([[], [], []]);
  });
});

describe("the short summary", () => {
  const labelsOf = (change: Partial<SummarizedJob> = {}): string[] =>
    shortJobFacts(en, formats, { ...job, ...change }).map(({ label }) => label);

  it("contains only the host, or a dash without one", () => {
    expect(shortJobFacts(en, formats, job)[0]?.values).toEqual(["www.example.com"]);
    expect(shortJobFacts(en, formats, { ...job, startUrl: " " })[0]?.values).toEqual(["–"]);
  });

  it("mentions hosting only when the server is not on NAVER Cloud", () => {
    expect(labelsOf()).not.toContain(en.target.hosting);
    expect(labelsOf({ hosting: "managed" })).toContain(en.target.hosting);
  });
});

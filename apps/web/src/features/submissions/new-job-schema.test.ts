import { describe, expect, it } from "vitest";
import { flattenErrors } from "../../forms/form-error.ts";
import { newJobResolver } from "./new-job-schema.ts";
import type { NewJobValues } from "./new-job-values.ts";

const values: NewJobValues = {
  startUrl: "https://www.example.com/",
  excludeUrls: [],
  items: ["ALL"],
  userAgent: "PC Chrome",
  speed: "1",
  memo: "",
  hosting: "ncloud",
  consent: { textVersion: "1", accepted: true },
  signIn: { kind: "none" },
  when: { kind: "now" },
};

async function errorsOf(changed: Partial<NewJobValues>) {
  const options = { fields: {}, shouldUseNativeValidation: false };
  const { errors } = await newJobResolver({ ...values, ...changed }, undefined, options);
  return flattenErrors(errors);
}

describe("the create form", () => {
  it("accepts a good request", async () => {
    expect(await errorsOf({})).toEqual([]);
  });

  it("says that an exclusion is on another host before anybody has agreed to anything", async () => {
    const consent = { textVersion: "1", accepted: false };
    expect(await errorsOf({ excludeUrls: ["https://other.test/"], consent })).toEqual(
      expect.arrayContaining([
        { path: "consent.accepted", code: "CONSENT_REQUIRED" },
        { path: "excludeUrls", code: "URL_OTHER_HOST", line: 1 },
      ]),
    );
  });

  it("says each thing once", async () => {
    const consent = { textVersion: "1", accepted: false };
    expect(await errorsOf({ startUrl: "", consent })).toEqual([
      { path: "startUrl", code: "160432" },
      { path: "consent.accepted", code: "CONSENT_REQUIRED" },
    ]);
  });

  it("puts everything about the sign-in on the sign-in", async () => {
    expect(await errorsOf({ signIn: { kind: "headers", headers: {} } })).toEqual([{ path: "signIn", code: "160432" }]);
  });

  it("refuses what the contract refuses", async () => {
    expect(await errorsOf({ speed: "9" })).toEqual([{ path: "speed", code: "160433" }]);
    expect(await errorsOf({ items: [] })).toEqual([{ path: "items", code: "160432" }]);
    expect(await errorsOf({ signIn: { kind: "headers", headers: { "": "SID=1" } } })).toEqual([
      { path: "signIn", code: "HEADER_NOT_ALLOWED" },
    ]);
  });
});

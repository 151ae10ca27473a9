import { type Job, jobRequestSchema, type Session } from "@wsc-dashboard/wsc-core";
import { describe, expect, it } from "vitest";
import { headersOf } from "../../job-fields/job-field-values.ts";
import { newJobValues, stepOfPath } from "./new-job-values.ts";

const session = {
  userAgents: ["PC Chrome"],
  speeds: ["1"],
  consentTextVersion: "1",
} as unknown as Session;

const earlier = {
  instanceNo: "7000101",
  startUrl: "https://www.example.com/",
  memo: "monthly",
  capabilities: { report: true, cancel: false, stop: false, rescan: true, cause: false },
} as Job;

describe("a fresh form", () => {
  it("is a valid request once it has an address and an agreement", () => {
    const values = newJobValues(session, null);
    const filled = {
      ...values,
      startUrl: "https://www.example.com/",
      consent: { ...values.consent, accepted: true },
    };
    expect(jobRequestSchema.safeParse(filled).success).toBe(true);
  });

  it("is refused without the agreement", () => {
    const filled = { ...newJobValues(session, null), startUrl: "https://www.example.com/" };
    const read = jobRequestSchema.safeParse(filled);
    expect(read.error?.issues.map(({ path, message }) => [path.join("."), message])).toEqual([
      ["consent.accepted", "CONSENT_REQUIRED"],
    ]);
  });

  it("made from an earlier job names it only when it may be scanned again", () => {
    expect(newJobValues(session, earlier)).toMatchObject({
      startUrl: earlier.startUrl,
      memo: "monthly",
      rescanOf: "7000101",
    });
    const closed = { ...earlier, capabilities: { ...earlier.capabilities, rescan: false } };
    expect(newJobValues(session, closed)).not.toHaveProperty("rescanOf");
  });

  it("never takes agreement or sign-in from an earlier job", () => {
    const values = newJobValues(session, earlier);
    expect(values.consent.accepted).toBe(false);
    expect(values.signIn).toEqual({ kind: "none" });
  });
});

describe("headers", () => {
  it("are the rows that have a value, without blanks around", () => {
    expect(
      headersOf([
        { id: 1, name: " Cookie ", value: " SID=1 " },
        { id: 2, name: "Authorization", value: " " },
        { id: 3, name: "", value: "" },
      ]),
    ).toEqual({ Cookie: "SID=1" });
  });

  it("keep a value without a name, so that it is refused and not lost", () => {
    expect(headersOf([{ id: 1, name: "", value: "SID=1" }])).toEqual({ "": "SID=1" });
  });
});

describe("a path of the request", () => {
  it.each([
    ["startUrl", "target"],
    ["excludeUrls.3", "target"],
    ["signIn.headers.Cookie", "signin"],
    ["items", "checks"],
    ["memo", "checks"],
    ["consent.accepted", "review"],
    ["when.localTime", "when"],
    ["nobodyKnows", "review"],
  ])("%s is corrected on step %s", (path, step) => {
    expect(stepOfPath(path)).toBe(step);
  });
});

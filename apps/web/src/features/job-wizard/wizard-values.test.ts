import { type Job, jobRequestSchema, type Session } from "@wsc-dashboard/wsc-core";
import { describe, expect, it } from "vitest";
import { asRequest } from "../../job-fields/job-field-values.ts";
import { jobPrefillOf, stepOfPath, wizardValues } from "./wizard-values.ts";

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
  it("is a valid request once it has a URL and consent", () => {
    const values = wizardValues(session, null);
    const filled = {
      ...values,
      startUrl: "https://www.example.com/",
      consent: { ...values.consent, accepted: true },
    };
    expect(jobRequestSchema.safeParse(asRequest(filled)).success).toBe(true);
  });

  it("is refused without consent", () => {
    const filled = { ...wizardValues(session, null), startUrl: "https://www.example.com/" };
    const read = jobRequestSchema.safeParse(asRequest(filled));
    expect(read.error?.issues.map(({ path, message }) => [path.join("."), message])).toEqual([
      ["consent.accepted", "CONSENT_REQUIRED"],
    ]);
  });

  it("copied from an earlier job refers to it only when it may be re-scanned", () => {
    expect(wizardValues(session, earlier)).toMatchObject({
      startUrl: earlier.startUrl,
      memo: "monthly",
      rescanOf: "7000101",
    });
    const closed = { ...earlier, capabilities: { ...earlier.capabilities, rescan: false } };
    expect(wizardValues(session, closed)).not.toHaveProperty("rescanOf");
  });

  it("never copies consent or credentials from an earlier job", () => {
    const values = wizardValues(session, earlier);
    expect(values.consent.accepted).toBe(false);
    expect(values.signIn).toEqual({ kind: "none" });
  });
});

describe("a server of another company", () => {
  const filled = {
    ...wizardValues(session, null),
    startUrl: "https://www.example.com/",
    hosting: "managed" as const,
    consent: { textVersion: "1", accepted: true },
  };

  it("is refused without the second consent, at its checkbox", () => {
    const read = jobRequestSchema.safeParse(asRequest(filled));
    expect(read.error?.issues.map(({ path, message }) => [path.join("."), message])).toEqual([
      ["managedConsent.accepted", "160456"],
    ]);
  });

  it("is accepted with both consents, and the second is sent for no other server", () => {
    const agreed = { ...filled, managedConsent: { textVersion: "1", accepted: true } };
    expect(jobRequestSchema.safeParse(asRequest(agreed)).success).toBe(true);
    expect(asRequest({ ...agreed, hosting: "ncloud" })).not.toHaveProperty("managedConsent");
  });
});

describe("the prefill of a schedule", () => {
  it("contains everything except secrets and consents, with the chosen time and zone", () => {
    const when = { kind: "at" as const, localTime: "2027-01-01T03:30", zone: "Asia/Tokyo" };
    const signIn = { kind: "headers" as const, headers: { Cookie: "SID=canary" } };
    const prefill = jobPrefillOf({ ...wizardValues(session, earlier), when, signIn });
    expect(prefill).toMatchObject({ memo: "monthly", localTime: "03:30", zone: "Asia/Tokyo" });
    expect(JSON.stringify(prefill)).not.toContain("canary");
    expect(prefill).not.toHaveProperty("consent");
  });
});

describe("a path of the request", () => {
  it.each([
    ["startUrl", "target"],
    ["excludeUrls.3", "target"],
    ["managedConsent.accepted", "target"],
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

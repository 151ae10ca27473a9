import { describe, expect, it, vi } from "vitest";
import { flattenErrors } from "../../forms/form-error.ts";
import { freshValues } from "../../testing/wizard-values.ts";
import { wizardResolver } from "./wizard-schema.ts";
import type { WizardValues } from "./wizard-values.ts";

const values: WizardValues = {
  ...freshValues,
  startUrl: "https://www.example.com/",
  consent: { textVersion: "1", accepted: true },
};

async function errorsOf(changed: Partial<WizardValues>) {
  const options = { fields: {}, shouldUseNativeValidation: false };
  const { errors } = await wizardResolver({ ...values, ...changed }, undefined, options);
  return flattenErrors(errors);
}

describe("the create form", () => {
  it("accepts a good request", async () => {
    expect(await errorsOf({})).toEqual([]);
  });

  it("reports an exclusion on another host also without consent", async () => {
    const consent = { textVersion: "1", accepted: false };
    expect(await errorsOf({ excludeUrls: ["https://other.test/"], consent })).toEqual(
      expect.arrayContaining([
        { path: "consent.accepted", code: "CONSENT_REQUIRED" },
        { path: "excludeUrls", code: "URL_OTHER_HOST", line: 1 },
      ]),
    );
  });

  it("reports each error once", async () => {
    const consent = { textVersion: "1", accepted: false };
    expect(await errorsOf({ startUrl: "", consent })).toEqual([
      { path: "startUrl", code: "160432" },
      { path: "consent.accepted", code: "CONSENT_REQUIRED" },
    ]);
  });

  it("puts errors of the sign-in on the sign-in", async () => {
    expect(await errorsOf({ signIn: { kind: "headers", headers: {} } })).toEqual([{ path: "signIn", code: "160432" }]);
  });

  it("puts each error of a login form on its field, and those of further fields on all of them together", async () => {
    const signIn = {
      kind: "form" as const,
      actionUrl: "www.example.com",
      idParam: "user name",
      idValue: "",
      passwordParam: "",
      passwordValue: "p",
      extra: { "a b": "1" },
    };
    expect(await errorsOf({ signIn })).toEqual(
      expect.arrayContaining([
        { path: "signIn.actionUrl", code: "160331" },
        { path: "signIn.idParam", code: "160332" },
        { path: "signIn.idValue", code: "160432" },
        { path: "signIn.passwordParam", code: "160432" },
      ]),
    );
    const named = {
      ...signIn,
      actionUrl: "https://www.example.com/",
      idParam: "id",
      idValue: "i",
      passwordParam: "pw",
    };
    expect(await errorsOf({ signIn: named })).toEqual([{ path: "signIn.extra", code: "160332" }]);
  });

  it("requires the second consent for a server of another company only", async () => {
    expect(await errorsOf({ hosting: "managed" })).toEqual([{ path: "managedConsent.accepted", code: "160456" }]);
    const consent = { textVersion: "1", accepted: false };
    expect(await errorsOf({ consent })).toEqual([{ path: "consent.accepted", code: "CONSENT_REQUIRED" }]);
  });

  it("ignores the start time of a repeated scan", async () => {
    expect(await errorsOf({ when: { kind: "repeat" } })).toEqual([]);
  });

  it("refuses what the contract refuses", async () => {
    expect(await errorsOf({ speed: "9" })).toEqual([{ path: "speed", code: "160433" }]);
    expect(await errorsOf({ items: [] })).toEqual([{ path: "items", code: "160432" }]);
    expect(await errorsOf({ signIn: { kind: "headers", headers: { "": "SID=1" } } })).toEqual([
      { path: "signIn", code: "HEADER_NOT_ALLOWED" },
    ]);
  });

  it.each<[string, string, string, string]>([
    ["nothing typed", "", "Asia/Seoul", "160432"],
    ["half a time", "2027-01-01", "Asia/Seoul", "LOCAL_TIME_INVALID"],
    ["a day that is none", "2027-02-30T02:00", "Asia/Seoul", "LOCAL_TIME_INVALID"],
    ["a time past", "2020-01-01T02:00", "Asia/Seoul", "LOCAL_TIME_PAST"],
    ["a time too far away", "2999-01-01T02:00", "Asia/Seoul", "LOCAL_TIME_TOO_FAR"],
    ["a time clocks skip", "2027-03-28T02:30", "Europe/Berlin", "LOCAL_TIME_MISSING"],
  ])("refuses %s at the time", async (_, localTime, zone, code) => {
    vi.useFakeTimers({ now: Date.UTC(2026, 10, 1), toFake: ["Date"] });
    const errors = await errorsOf({ when: { kind: "at", localTime, zone } });
    vi.useRealTimers();
    expect(errors).toEqual([{ path: "when.localTime", code }]);
  });

  it("refuses an unknown zone at the zone field", async () => {
    const errors = await errorsOf({ when: { kind: "at", localTime: "2027-01-01T02:00", zone: "Mars/Olympus" } });
    expect(errors).toEqual([{ path: "when.zone", code: "TIME_ZONE_UNKNOWN" }]);
  });

  it("accepts a future time", async () => {
    vi.useFakeTimers({ now: Date.UTC(2026, 10, 1), toFake: ["Date"] });
    const errors = await errorsOf({ when: { kind: "at", localTime: "2026-12-01T02:00", zone: "Asia/Seoul" } });
    vi.useRealTimers();
    expect(errors).toEqual([]);
  });
});

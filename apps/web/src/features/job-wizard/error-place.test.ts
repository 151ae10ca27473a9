import { errorCatalogue, errorEntry, isErrorCode } from "@wsc-dashboard/wsc-core";
import { describe, expect, it } from "vitest";
import { errorSummaryText } from "../../job-fields/error-summary-text.ts";
import { fieldLabelOf } from "../../job-fields/job-field-labels.ts";
import { en } from "../../messages/en.ts";
import { describeErrorCode, fieldTextOf } from "../../messages/error-text.ts";
import { ja } from "../../messages/ja.ts";
import { ko } from "../../messages/ko.ts";
import { errorPlace, remedyOf } from "./error-place.ts";

/** Codes of other calls: creating a job cannot fail with one of them. */
const elsewhere: ReadonlySet<string> = new Set([
  "160701",
  "160842",
  "165244",
  "JOB_NOT_FOUND",
  "JOB_STATE_CONFLICT",
  "REPORT_NOT_READY",
  "SCHEDULE_NOT_FOUND",
  "SCHEDULE_NEVER_RUNS",
  "SCHEDULE_COLLISION",
  "SCHEDULE_RUN_WITHDRAWN",
]);
const codes = Object.keys(errorCatalogue).filter((code) => !elsewhere.has(code));

/** For each code about a value: where it is shown when the server names no field, and the remedy button. */
const places: Readonly<Record<string, readonly [step: string, path?: string | undefined, remedy?: string]>> = {
  "430": ["target", "excludeUrls"],
  "160331": ["target", "startUrl"],
  "160332": ["signin", "signIn.idParam"],
  "160351": ["signin", "signIn", "useHeaders"],
  "160353": ["target", "startUrl"],
  "160433": ["checks", "items", "refreshCatalogue"],
  "160451": ["target", "startUrl", "handOver"],
  "160452": ["when", "when", "laterTimes"],
  "160453": ["target", "startUrl", "openWaiting"],
  "160454": ["review", undefined, "showWaiting"],
  "160455": ["target", "rescanOf", "newJob"],
  "160456": ["target", "managedConsent"],
  "160457": ["target", "hosting"],
  URL_INVALID: ["target", "startUrl"],
  URL_OTHER_HOST: ["target", "excludeUrls"],
  TARGET_NOT_ALLOWED: ["target", "startUrl"],
  TARGET_ADDRESS_FORBIDDEN: ["target", "startUrl"],
  HEADER_NOT_ALLOWED: ["signin", "signIn.headers"],
  SIGN_IN_UNREADABLE: ["signin", "signIn"],
  ITEMS_ALL_ALONE: ["checks", "items"],
  LOCAL_TIME_INVALID: ["when", "when.localTime"],
  LOCAL_TIME_MISSING: ["when", "when.localTime"],
  LOCAL_TIME_PAST: ["when", "when.localTime"],
  LOCAL_TIME_TOO_FAR: ["when", "when.localTime"],
  TIME_ZONE_UNKNOWN: ["when", "when.zone"],
  RESERVATIONS_EXHAUSTED: ["when", "when.localTime"],
  SUBMISSION_MISSED: ["when", "when"],
  CONSENT_REQUIRED: ["review", "consent"],
};

describe("every code a request for a job can meet", () => {
  it("is shown where it can be corrected, or on the review", () => {
    for (const code of codes) {
      const { step, path, remedy } = errorPlace(code);
      const expected = [...(places[code] ?? ["review"]), undefined, undefined].slice(0, 3);
      expect.soft([step, path, remedy], code).toEqual(expected);
    }
  });

  it("exists in the catalogue", () => {
    expect(Object.keys(places).filter((code) => !codes.includes(code))).toEqual([]);
  });

  it.each([
    ["160331", "/signIn/actionUrl", "signIn.actionUrl"],
    ["160353", "/signIn/actionUrl", "signIn.actionUrl"],
    ["160332", "/signIn/passwordParam", "signIn.passwordParam"],
    ["VALUE_TOO_LONG", "/memo", "memo"],
    ["LOCAL_TIME_MISSING", "/when/localTime", "when.localTime"],
  ])("%s stands where the server points to: %s", (code, pointer, path) => {
    expect(errorPlace(code, pointer).path).toBe(path);
  });

  for (const [language, messages] of Object.entries({ ko, ja, en })) {
    it(`has in ${language} a specific text wherever a value has to be corrected`, () => {
      const said = Object.keys(places).map((code) => fieldTextOf(messages, code));
      expect(said.filter((text, index) => said.indexOf(text) !== index)).toEqual([]);
    });

    it(`names in ${language} its field in the summary, before the error`, () => {
      for (const code of Object.keys(places)) {
        const { path = "" } = errorPlace(code);
        const text = errorSummaryText(messages, { path, code });
        const label = fieldLabelOf(messages, path);
        if (path !== "" && path !== "rescanOf") expect.soft(label, code).toBeTruthy();
        expect.soft(text.endsWith(fieldTextOf(messages, code)), code).toBe(true);
        expect.soft(text.startsWith(label ?? ""), code).toBe(true);
      }
    });

    it(`that is unknown is shown in ${language} with its number and the vendor's text`, () => {
      const description = describeErrorCode(messages, "160999", "<b>no room</b>");
      expect(description.title).toContain("160999");
      expect(description).toMatchObject({ isKnown: false, upstreamMessage: "<b>no room</b>" });
    });
  }

  it("that no value causes points to no field", () => {
    for (const code of codes) {
      if (errorEntry(code).actor === "nobody") expect(errorPlace(code), code).toEqual({ step: "review" });
    }
  });
});

describe("an unknown code", () => {
  it.each(["160999", "", "__proto__", "toString"])("%j is shown on the review without a remedy", (code) => {
    expect(isErrorCode(code)).toBe(false);
    expect(errorPlace(code)).toEqual({ step: "review" });
    expect(remedyOf(code)).toBeUndefined();
  });
});

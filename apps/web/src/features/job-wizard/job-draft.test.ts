import { draftSchema } from "@wsc-dashboard/wsc-core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emptyEntry, signInOf } from "../../job-fields/sign-in-entry.ts";
import { entryWith } from "../../testing/sign-in-entry.ts";
import { freshValues } from "../../testing/wizard-values.ts";
import { draftOf, resumeDraft } from "./job-draft.ts";
import type { WizardValues } from "./wizard-values.ts";

const canary = "canary-51c0";
const typed = entryWith(canary);

describe("a draft", () => {
  it.each(["none", "headers", "form"] as const)("contains no secret, with the sign-in %s", (kind) => {
    const values = { ...freshValues, signIn: signInOf(kind, typed), consent: { textVersion: "1", accepted: true } };
    const draft = draftOf(values, typed);
    expect(JSON.stringify(draft)).not.toContain(canary);
    expect(draft).not.toHaveProperty("consent");
    expect(draftSchema.safeParse(draft).success).toBe(true);
  });

  it("restores everything except secrets and consents", () => {
    const values: WizardValues = {
      ...freshValues,
      startUrl: "https://www.example.com/",
      excludeUrls: ["https://www.example.com/out"],
      items: ["XSS"],
      userAgent: "iPhone",
      speed: "3",
      memo: "매월",
      hosting: "managed",
      rescanOf: "7000101",
      consent: { textVersion: "1", accepted: true },
      signIn: signInOf("form", typed),
      when: { kind: "at", localTime: "2027-01-01T02:00", zone: "Asia/Tokyo" },
    };
    const { values: resumed, entry } = resumeDraft(draftOf(values, typed), freshValues);
    expect(resumed).toMatchObject({
      ...values,
      consent: freshValues.consent,
      signIn: { kind: "form", idParam: "user", passwordParam: "pass", successText: "Sign out" },
    });
    expect(entry.login).toEqual({ ...typed.login, idValue: "", passwordValue: "" });
    expect(entry.headers).toEqual([{ id: 1, name: "Cookie", value: "" }]);
    expect(entry.extra).toEqual([{ id: 1, name: "tenant", value: "" }]);
  });

  it("of an untouched form restores the same form", () => {
    expect(resumeDraft(draftOf(freshValues, emptyEntry), freshValues)).toEqual({
      values: freshValues,
      entry: emptyEntry,
    });
  });

  it.each<[string, Partial<WizardValues>, string]>([
    ["an address with a password in it", { startUrl: `https://me:${canary}@www.example.com/` }, "startUrl"],
    [
      "an excluded one with a password in it",
      { excludeUrls: [`https://me:${canary}@www.example.com/`] },
      "excludeUrls",
    ],
    ["a memo that is too long", { memo: "m".repeat(501) }, "memo"],
  ])("leaves out %s and keeps the rest", (_, change, name) => {
    const draft = draftOf({ ...freshValues, speed: "2", ...change }, emptyEntry);
    expect(draft).not.toHaveProperty(name);
    expect(draft.speed).toBe("2");
    expect(draftSchema.safeParse(draft).success).toBe(true);
  });

  it("can be stored for any input", () => {
    const text = fc.string({ unit: "binary", maxLength: 60 });
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 3 }), text, (startUrl, excludeUrls, actionUrl) => {
        const entry = { ...emptyEntry, login: { ...emptyEntry.login, actionUrl } };
        const draft = draftOf({ ...freshValues, startUrl, excludeUrls }, entry);
        expect(draftSchema.safeParse(draft).success).toBe(true);
      }),
    );
  });
});

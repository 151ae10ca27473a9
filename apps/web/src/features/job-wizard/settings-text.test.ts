import { describe, expect, it } from "vitest";
import { en } from "../../messages/en.ts";
import { createFormats } from "../../messages/formats.ts";
import { ja } from "../../messages/ja.ts";
import { ko } from "../../messages/ko.ts";
import { settingsText } from "./settings-text.ts";
import type { WizardValues } from "./wizard-values.ts";

const canary = "canary-88d1";
const values: WizardValues = {
  startUrl: " https://www.example.com/ ",
  excludeUrls: ["https://www.example.com/out", "https://www.example.com/admin"],
  items: ["XSS", "SSI Injection"],
  userAgent: "iPhone",
  speed: "3",
  memo: "quarterly",
  hosting: "managed",
  consent: { textVersion: "1", accepted: false },
  managedConsent: { textVersion: "1", accepted: false },
  signIn: {
    kind: "form",
    actionUrl: "https://www.example.com/login",
    idParam: "user",
    idValue: canary,
    passwordParam: "pass",
    passwordValue: canary,
    extra: { tenant: canary },
  },
  when: { kind: "now" },
};

describe.each(Object.entries({ ko, ja, en }))("the settings for the vendor's console, in %s", (language, messages) => {
  const formats = createFormats(language as "ko" | "ja" | "en", "UTC", messages.formatWords);

  it("contain every chosen value", () => {
    const text = settingsText(messages, formats, values);
    for (const part of [
      "https://www.example.com/",
      "https://www.example.com/out",
      "https://www.example.com/admin",
      "https://www.example.com/login",
      "user",
      "pass",
      "XSS, SSI Injection",
      "iPhone",
      messages.create.speedWords["3"].name,
      "quarterly",
    ]) {
      expect(text).toContain(part);
    }
  });

  it("contain no credential values of forms or headers", () => {
    expect(settingsText(messages, formats, values)).not.toContain(canary);
    const signIn = { kind: "headers" as const, headers: { Cookie: canary } };
    const text = settingsText(messages, formats, { ...values, signIn });
    expect(text).not.toContain(canary);
    expect(text).toContain(messages.create.headersHidden(1, "1"));
  });
});

import { describe, expect, it } from "vitest";
import { en } from "./en.ts";
import { describeError, errorTextOf, fieldTextOf } from "./error-text.ts";
import { isLanguage, preferredLanguage } from "./language.ts";

describe("the language of a first visit", () => {
  it.each([
    [["ko-KR", "en"], "ko"],
    [["fr", "ja-JP"], "ja"],
    [["en-GB"], "en"],
    [["KO"], "ko"],
  ] as const)("for %j is %s", (wanted, language) => {
    expect(preferredLanguage(wanted)).toBe(language);
  });

  it.each([[[]], [["fr", "de"]], [["kok-IN"]], [["jam"]]])("is English for %j", (wanted) => {
    expect(preferredLanguage(wanted)).toBe("en");
  });

  it("ignores an unknown cookie value", () => {
    expect(isLanguage("fr")).toBe(false);
    expect(isLanguage("constructor")).toBe(false);
    expect(isLanguage(undefined)).toBe(false);
  });
});

describe("the text of an error", () => {
  it("contains the code when there is no text for it", () => {
    expect(errorTextOf(en, "160999").title).toBe("Code 160999: there is no description yet.");
  });

  it("ignores inherited properties", () => {
    expect(errorTextOf(en, "toString").title).toContain("toString");
  });

  it("contains error and remedy for a field", () => {
    expect(fieldTextOf(en, "160331")).toBe(
      "The address has to start with http:// or https://. Add it in front of the host name.",
    );
  });

  it("shows no detail of an unexpected exception", () => {
    expect(describeError(en, new TypeError("secret detail"))).toEqual({
      ...en.errors.INTERNAL_ERROR,
      code: "INTERNAL_ERROR",
      isKnown: true,
      requestId: null,
      upstreamMessage: null,
    });
  });
});

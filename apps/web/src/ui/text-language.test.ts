import { describe, expect, it } from "vitest";
import { languageOfText } from "./text-language.ts";

describe("the language of a vendor's text", () => {
  it.each([
    ["출력값을 인코딩하십시오. Use CSP.", "ko"],
    ["出力をエスケープしてください。", "ja"],
    ["Encode output.", "en"],
  ])("%j is told by its script", (text, language) => {
    expect(languageOfText(text)).toBe(language);
  });

  it.each(["", "123 <>", "出力検証", "XSS 対策"])("%j is not guessed", (text) => {
    expect(languageOfText(text)).toBeUndefined();
  });
});

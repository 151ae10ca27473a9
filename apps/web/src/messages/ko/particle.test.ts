import { describe, expect, it } from "vitest";
import { type ParticlePair, withParticle } from "./particle.ts";

const pairs: readonly ParticlePair[] = ["은/는", "이/가", "을/를", "과/와", "으로/로"];
const forms = (word: string): readonly string[] => pairs.map((pair) => withParticle(word, pair).slice(word.length));

describe("a Korean particle after an inserted word", () => {
  it("has the consonant form after a final consonant", () => {
    for (const word of ["대상", "취약점", "진단 항목", "값"])
      expect(forms(word)).toEqual(["은", "이", "을", "과", "으로"]);
  });

  it("has the vowel form after a final vowel", () => {
    for (const word of ["로그인 정보", "파라미터", "보고서", "가"])
      expect(forms(word)).toEqual(["는", "가", "를", "와", "로"]);
  });

  it("is 로 after ㄹ, and otherwise the consonant form", () => {
    for (const word of ["메일", "파일", "7"]) expect(forms(word)).toEqual(["은", "이", "을", "과", "로"]);
  });

  it("follows the pronunciation of digits", () => {
    expect([..."0123456789"].map((digit) => withParticle(digit, "이/가"))).toEqual([
      "0이",
      "1이",
      "2가",
      "3이",
      "4가",
      "5가",
      "6이",
      "7이",
      "8이",
      "9가",
    ]);
  });

  it("shows both forms when the last sound is unknown", () => {
    for (const word of ["shop.example.com", "（", ""]) expect(withParticle(word, "을/를")).toBe(`${word}을(를)`);
    expect(withParticle("URL", "으로/로")).toBe("URL(으)로");
  });
});

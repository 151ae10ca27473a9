import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spellings } from "../log/redaction.ts";
import { createMask, maxMaskedLength } from "./mask-secrets.ts";

describe("a text of the target", () => {
  it("shows no secret in any encoding or case, at any position", () => {
    const secret = fc.string({ unit: "grapheme", minLength: 8, maxLength: 30 });
    const around = fc.string({ unit: "grapheme", maxLength: 20 });
    fc.assert(
      fc.property(
        fc.array(secret, { minLength: 1, maxLength: 5 }),
        around,
        around,
        fc.nat(),
        (secrets, before, after, pick) => {
          const spelled = secrets.flatMap(spellings);
          const value = spelled[pick % spelled.length] ?? "";
          fc.pre(value.length >= 8);
          const shown = createMask(secrets)(`${before}${value}${after}`);
          expect(shown).toContain("[REDACTED]");
          for (const one of spelled)
            if (one.length >= 8) expect(shown.replaceAll("[REDACTED]", "\n")).not.toContain(one);
        },
      ),
    );
  });

  it.each(["SECRET-VALUE", "secret-value", "a secret-value", "xsecret-valuex", "secret-valuesecret-value"])(
    "hides a long secret in %j",
    (text) => {
      expect(createMask(["Secret-Value"])(text).toLowerCase()).not.toContain("secret");
    },
  );

  it("masks overlapping matches as a whole", () => {
    expect(createMask(["abababab"])("xababababababx")).toBe("x[REDACTED]x");
    expect(createMask(["abcdefgh", "efghijkl"])("abcdefghijkl!")).toBe("[REDACTED]!");
  });

  it("keeps ordinary words that contain a short secret or differ from it in case", () => {
    const mask = createMask(["demo", "pw1"]);
    expect(mask("Demo site, demonstration, pw12")).toBe("Demo site, demonstration, pw12");
    expect(mask("Hello demo, pw1!")).toBe("Hello [REDACTED], [REDACTED]!");
  });

  it("shows no prefix of a secret where the text is cut", () => {
    const secret = "0123456789abcdef".repeat(4);
    for (let room = 0; room <= secret.length; room += 1) {
      const shown = createMask([secret])(`${"-".repeat(maxMaskedLength - room)}${secret} tail`);
      expect(shown.replaceAll("-", "")).toBe(room === 0 ? "" : "[REDACTED]");
    }
  });

  it("shows nothing when there are more secrets than can be searched for", () => {
    const many = Array.from({ length: 1_000 }, (_, index) => `secret-${index}-value`);
    expect(createMask(many)("secret-999-value and more")).toBe("[REDACTED]");
  });

  it("takes secrets and texts of any length", () => {
    expect(createMask(["a".repeat(30_000)])("a".repeat(1_000_000))).toBe("[REDACTED]");
    expect(createMask([])("b".repeat(1_000_000))).toBe("b".repeat(maxMaskedLength));
  });
});

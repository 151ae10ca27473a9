import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createKeyRing, SealBroken } from "./keys.ts";

const first = randomBytes(32);
const second = randomBytes(32);
const ring = createKeyRing([first]);
const place = "submission/1/signIn";
const anyText = fc.string({ unit: "grapheme", maxLength: 300 });

describe("a key ring", () => {
  it("decrypts what it encrypted, and never encrypts to the same text twice", () => {
    fc.assert(
      fc.property(anyText, fc.string(), (plain, where) => {
        const sealed = ring.seal(plain, where);
        expect(ring.open(sealed, where)).toBe(plain);
        expect(ring.seal(plain, where)).not.toBe(sealed);
      }),
    );
  });

  it("shows nothing of the plain text in the encrypted text", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 6 }), (plain) => {
        const bytes = ring
          .seal(plain, place)
          .split(".")
          .map((part) => Buffer.from(part, "base64url"));
        expect(bytes.some((part) => part.includes(plain))).toBe(false);
      }),
    );
  });

  it("does not decrypt in another row, field or kind", () => {
    fc.assert(
      fc.property(anyText, fc.string(), fc.string(), (plain, here, there) => {
        fc.pre(here !== there);
        expect(() => ring.open(ring.seal(plain, here), there)).toThrow(SealBroken);
      }),
    );
  });

  it("detects a changed bit at every position of the wrapped key and of the value", () => {
    const parts = ring.seal("SID=abc; 값", place).split(".");
    let flips = 0;
    for (const part of [2, 3]) {
      const bytes = Buffer.from(parts[part] ?? "", "base64url");
      for (let bit = 0; bit < bytes.length * 8; bit += 1) {
        const flipped = Buffer.from(bytes);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const sealed = parts.with(part, flipped.toString("base64url")).join(".");
        expect(() => ring.open(sealed, place)).toThrow(SealBroken);
        flips += 1;
      }
    }
    expect(flips).toBeGreaterThanOrEqual(800);
  });

  it("detects a value composed of two encrypted values of the same place", () => {
    const [one, two] = [ring.seal("one", place).split("."), ring.seal("two", place).split(".")];
    expect(() => ring.open(one.with(3, two[3] ?? "").join("."), place)).toThrow(SealBroken);
    expect(() => ring.open(one.with(2, two[2] ?? "").join("."), place)).toThrow(SealBroken);
  });

  it("refuses malformed input, always with the same error", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          fc.array(fc.base64String(), { maxLength: 6 }).map((parts) => parts.join(".")),
        ),
        (text) => {
          expect(() => ring.open(text, place)).toThrow(SealBroken);
        },
      ),
    );
    const sealed = ring.seal("plain", place);
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => ring.open(sealed.slice(0, length), place)).toThrow(SealBroken);
    }
  });

  it("with other keys decrypts nothing", () => {
    expect(() => createKeyRing([second]).open(ring.seal("plain", place), place)).toThrow(SealBroken);
  });

  it("encrypts with its first key and decrypts with all", () => {
    const turned = createKeyRing([second, first]);
    expect(turned.open(ring.seal("older", place), place)).toBe("older");
    expect(() => ring.open(turned.seal("newer", place), place)).toThrow(SealBroken);
    expect(createKeyRing([second]).open(turned.seal("newer", place), place)).toBe("newer");
  });

  it("needs at least one key", () => {
    expect(() => createKeyRing([])).toThrow(RangeError);
  });
});

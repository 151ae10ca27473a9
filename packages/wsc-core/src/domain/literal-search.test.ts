import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLiteralSearch, replaceLiterals } from "./literal-search.ts";

const letters = fc.string({ unit: fc.constantFrom("a", "b", "가", "\ud800"), maxLength: 8 });

function endsOf(text: string, literals: readonly string[]): (readonly [end: number, longest: number])[] {
  return Array.from({ length: text.length }, (_, at) => at + 1).flatMap((end) => {
    const lengths = literals.filter((one) => one !== "" && text.slice(0, end).endsWith(one)).map((one) => one.length);
    return lengths.length === 0 ? [] : [[end, Math.max(...lengths)] as const];
  });
}

describe("a search for literals", () => {
  it("returns the longest literal at every end position", () => {
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 6 }), fc.array(letters, { maxLength: 6 }), (literals, parts) => {
        const text = parts.join("");
        const found: (readonly [number, number])[] = [];
        createLiteralSearch(literals).scan(text, (start, end, index) => {
          expect(text.slice(start, end)).toBe(literals[index]);
          found.push([end, end - start]);
          return true;
        });
        expect(found).toEqual(endsOf(text, literals));
      }),
    );
  });

  it("finds the same without precomputed steps", () => {
    const long = Array.from({ length: 60 }, (_, at) => `${"abc가".repeat(1_000)}${String.fromCharCode(0x4e00 + at)}`);
    const found: number[] = [];
    const text = `x${long[7]}y${long[59]}abc`;
    const left = createLiteralSearch(long).scan(text, (_start, _end, index) => found.push(index) > 0);
    expect([found, left]).toEqual([[7, 59], 3]);
    expect(replaceLiterals(text, createLiteralSearch(long), "-")).toBe("x-y-abc");
  });

  it("returns the length of a partial literal at the end", () => {
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 6 }), letters, (literals, text) => {
        const lengths = literals.flatMap((literal) =>
          Array.from({ length: literal.length + 1 }, (_, at) => at).filter((at) => text.endsWith(literal.slice(0, at))),
        );
        expect(createLiteralSearch(literals).scan(text, () => true)).toBe(Math.max(0, ...lengths));
      }),
    );
  });

  it("tries shorter ones until one is accepted", () => {
    const offered: string[] = [];
    const search = createLiteralSearch(["abc", "bc", "c"]);
    search.scan("abc", (start, end) => offered.push("abc".slice(start, end)) === 2);
    expect(offered).toEqual(["abc", "bc"]);
  });

  it("replaces every match, also overlapping ones, and nothing else", () => {
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 6 }), letters, letters, (literals, before, after) => {
        const text = `${before}${literals.join("")}${after}`;
        const isHidden = new Uint8Array(text.length);
        for (const [end, length] of endsOf(text, literals)) isHidden.fill(1, end - length, end);
        const kept = [...isHidden].map((hidden, at) => (hidden === 1 ? "\n" : text[at])).join("");
        expect(replaceLiterals(text, createLiteralSearch(literals), "\n")).toBe(kept.replaceAll(/\n+/g, "\n"));
      }),
    );
  });
});

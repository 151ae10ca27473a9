import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cssString, pageRule } from "./page-margins.ts";

/** What a browser reads out of a CSS string. */
const read = (css: string): string =>
  css
    .slice(1, -1)
    .replaceAll(/\\([0-9a-f]{1,6}) /g, (_, digits: string) => String.fromCodePoint(Number.parseInt(digits, 16)));

describe("a text in the print margin", () => {
  it.each([
    '"',
    '" } } body { display: none } @page { @top-left { content: "',
    "a\\",
    "\n",
    "*/",
    "</style>",
    "\u202e",
  ])("that is %j stays one string", (text) => {
    expect(cssString(text).slice(1, -1)).not.toMatch(/["\n{}<]|\\(?![0-9a-f]{1,6} )/);
    expect(read(cssString(text))).toBe(text);
  });

  it("is rendered literally", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(read(cssString(text))).toBe(text);
      }),
    );
  });

  it("is on the given side", () => {
    expect(pageRule({ left: "대외비", right: "社外秘" })).toBe(
      '@page { @top-left { content: "대외비" } @top-right { content: "社外秘" } }',
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cssString, pageRule, repeatedHeadRule } from "./page-margins.ts";

/** Decodes a CSS string as a browser does. */
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

  it("is in the head that is repeated in the content, where the browser has no margin boxes", () => {
    expect(repeatedHeadRule({ left: "Report", right: "대외비" })).toContain(
      '#main::before { display: table-header-group; content: "Report · 대외비";',
    );
    expect(repeatedHeadRule({ left: "Report", right: "" })).toContain('content: "Report";');
    expect(repeatedHeadRule({ left: '" } } body { display: none', right: "" })).not.toMatch(/" \} \} body/);
  });
});

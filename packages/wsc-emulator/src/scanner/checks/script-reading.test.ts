import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readScript } from "./script-reading.ts";

/** Returns the kind of piece that contains the letter X. */
function kindAtX(source: string): string | undefined {
  const position = source.indexOf("X");
  return readScript(source).find(({ start, end }) => start <= position && position < end)?.kind;
}

describe("reading a script", () => {
  it.each([
    ["X", "code"],
    ["a = 'X'", "string"],
    ['a = "it\'s X"', "string"],
    ["a = 'it\\'s X'", "string"],
    ["a = '\\\\'; X", "code"],
    ["a = 'open\nX", "code"],
    ["a = `X`", "template"],
    [`a = \`\${X}\``, "code"],
    [`a = \`\${ {b: {}} } X\``, "template"],
    [`a = \`\${ \`\${1}\` } X\``, "template"],
    ["// it's X", "comment"],
    ["// it's\nX", "code"],
    ["/* 'a */ X", "code"],
    ["/* X", "comment"],
    ["a = /['X]/", "pattern"],
    ["a = /[/'X]/", "pattern"],
    ["a = b / c; d = 'X'", "string"],
    ["return /'/.test(X)", "code"],
    ["f(/'/, X)", "code"],
    ["(a + b) / 2 / X", "code"],
    ["}X", "code"],
  ])("%s", (source, kind) => {
    expect(kindAtX(source)).toBe(kind);
  });

  it("covers any source without gap or overlap", () => {
    const source = fc.array(
      fc.constantFrom("'", '"', "`", "${", "}", "{", "/", "*", "\\", "\n", "[", "]", "=", "a", " "),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(source, (parts) => {
        const text = parts.join("");
        const pieces = readScript(text);
        expect(pieces.map(({ start, end }) => text.slice(start, end)).join("")).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });
});

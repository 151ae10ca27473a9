import { describe, expect, it } from "vitest";
import { readEnvFile } from "../scripts/env-file.ts";

const plain = "WSC_TARGET_ALLOWLIST=only.example.com\nWSC_UPSTREAM=custom\n\n# a comment\nWSC_ACCESS_KEY=abc\n";
const values = { WSC_TARGET_ALLOWLIST: "only.example.com", WSC_UPSTREAM: "custom", WSC_ACCESS_KEY: "abc" };
const littleEndian = (text: string): Buffer => Buffer.from(`\u{feff}${text}`, "utf16le");
const read = (text: string) => readEnvFile(Buffer.from(text));

describe("the .env file", () => {
  it("is read completely, from any editor", () => {
    const windows = plain.replaceAll("\n", "\r\n");
    const spellings = [plain, windows, plain.replaceAll("\n", "\r"), `\u{feff}${plain}`, `\u{feff}${windows}`];
    for (const text of spellings) expect(read(text)).toEqual(values);
    expect(readEnvFile(littleEndian(windows))).toEqual(values);
    expect(readEnvFile(littleEndian(plain).swap16())).toEqual(values);
  });

  it("accepts quoted values with # or line breaks, and comments after a blank", () => {
    const text = "A='x#y' # z\nB=\"two\nlines\"\nC=value # comment\nexport D=d\n  E = e\nF=\nG=`a'b`\nH= # none\n";
    expect(read(text)).toEqual({ A: "x#y", B: "two\nlines", C: "value", D: "d", E: "e", F: "", G: "a'b", H: "" });
  });

  it("is refused with the line number and without the value, instead of being read in part", () => {
    const wrong: readonly (readonly [string, RegExp])[] = [
      ["A=1\nWSC_SECRET_KEY=canary#tail\n", /line 2: WSC_SECRET_KEY .*quotation marks/],
      ["A=1\nB\n", /line 2: is not NAME=value/],
      ["A=1\nA=2\n", /line 2: A stands here a second time/],
      ["A=“x”\n", /line 1: A has typographic/],
      ["A='open\nB=2\n", /line 1: A begins with a quotation mark/],
      ["A-B=1\n", /line 1: is not NAME=value/],
      ["A=1\nPLAIN canary\n", /line 2/],
      ["A=1\nB=#canary\n", /line 2: B holds #/],
      ['A=1\nB="x"canary\n', /line 2: B has text behind/],
      ["B='it''canary'\n", /line 1: B has text behind/],
      ['B="ab\\"canary"\n', /line 1: B has text behind .*escaped/],
      ['B="a\nb"canary\n', /line 1: B has text behind/],
      ["export\tB=1\n", /line 1: is not NAME=value/],
    ];
    for (const [text, line] of wrong) {
      expect(() => read(text), text).toThrow(line);
      expect(() => read(text), text).not.toThrow(/canary/);
    }
  });

  it("is refused in an encoding that is no UTF-8 and no marked UTF-16", () => {
    expect(() => readEnvFile(Buffer.from(plain, "utf16le"))).toThrow(/save it as UTF-8/);
    expect(() => readEnvFile(Buffer.concat([Buffer.from("A="), Buffer.from([0xb0, 0xa1])]))).toThrow(/UTF-8/);
  });
});

import { describe, expect, it } from "vitest";
import { csvRow } from "./csv.ts";

describe("a row of CSV", () => {
  it("quotes every cell and doubles quotes, so that commas and line ends stay inside", () => {
    expect(csvRow(["a", 'say "no"', "x,y", "two\nlines", ""])).toBe('"a","say ""no""","x,y","two\nlines",""\r\n');
  });

  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\u200b=1", "＝1", "＋1", "＠x"])(
    "makes text of %j, which a spreadsheet would calculate",
    (value) => {
      expect(csvRow([value])).toBe(`"'${value}"\r\n`);
    },
  );

  it("shows a control character, and sees the formula behind it", () => {
    expect(csvRow(["\u0000=1", "a\u0007b"])).toBe(`"'\ufffd=1","a\ufffdb"\r\n`);
  });

  it.each(["a=1", "1-2", "job/7001001", "https://www.example.com/"])("leaves %j as it is", (value) => {
    expect(csvRow([value])).toBe(`"${value}"\r\n`);
  });
});

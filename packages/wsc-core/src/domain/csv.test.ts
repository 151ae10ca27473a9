import { describe, expect, it } from "vitest";
import { csvRow } from "./csv.ts";

describe("a row of CSV", () => {
  it("quotes every cell and doubles quotes, so that commas and line ends stay inside", () => {
    expect(csvRow(["a", 'say "no"', "x,y", "two\nlines", ""])).toBe('"a","say ""no""","x,y","two\nlines",""\r\n');
  });

  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\u200b=1", "＝1", "＋1", "＠x", "\u22125"])(
    "makes text of %j, which a spreadsheet would calculate",
    (value) => {
      expect(csvRow([value])).toBe(`"'${value}"\r\n`);
    },
  );

  it("shows a control character, and neutralises a formula after it", () => {
    expect(csvRow(["\u0000=1", "a\u0007b"])).toBe(`"'\ufffd=1","a\ufffdb"\r\n`);
  });

  it.each([
    "12345678901234567890",
    "1234567890123456",
    "00123",
    "1e5",
    "1E+5",
    "3-4",
    "1/2",
    "12:30",
    "12:30 PM",
    "오후 3:10",
    "午前 1:02",
    "2026-11-27",
    "2026년 11월 27일",
    "MAR1",
    "Mar-1",
    "3 March 2026",
    "1-Jan",
    "R3.1.2",
    "令和8年11月27日",
    "平成元年1月",
    "1,234",
    "5%",
    "₩1,000",
    "$5",
    "(5)",
    ".5",
    "1.50",
    "１２３",
    " 007",
    "TRUE",
    "false",
    "#N/A",
  ])("makes text of %j, which a spreadsheet would rewrite", (value) => {
    expect(csvRow([value])).toBe(`"'${value}"\r\n`);
  });

  it("leaves our own times readable for the spreadsheet", () => {
    expect(csvRow([{ time: "2026-11-27 03:42:57" }])).toBe('"2026-11-27 03:42:57"\r\n');
  });

  it.each([
    "a=1",
    "0",
    "7001001",
    "123456789012345",
    "H-01",
    "item 3",
    "march past",
    "https://www.example.com/",
    "job/7001001",
    "q",
    "1 or 1=1",
  ])("leaves %j as it is", (value) => {
    expect(csvRow([value])).toBe(`"${value}"\r\n`);
  });
});

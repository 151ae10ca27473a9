import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byteOrderMark, csvRow, readCsv, readCsvCell } from "./csv.ts";

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
    "7".repeat(100),
    `0.${"3".repeat(300)}`,
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

describe("a CSV file that is read", () => {
  it("gives back every text that was written, whatever it holds, and what a spreadsheet would calculate", () => {
    const text = fc.oneof(
      fc.string({ unit: "grapheme" }).map((one) => one.replace(/[^\P{Cc}\n\r\t]|\p{Cs}/gu, "")),
      fc.constantFrom(
        "=1+1",
        "'=1",
        "''=1",
        "'",
        "'a",
        "-1",
        "2026-11-27",
        "'2026-11-27",
        'a"b',
        "a\r\nb",
        "\t=1",
        ";",
        ",",
      ),
    );
    fc.assert(
      fc.property(fc.array(fc.array(text, { minLength: 2, maxLength: 4 }), { maxLength: 4 }), (rows) => {
        const written = `${byteOrderMark}${csvRow(["a", "b"])}${rows.map((row) => csvRow(row)).join("")}`;
        const read = readCsv(written)?.slice(1) ?? null;
        const filled = rows.filter(
          (row) => csvRow(row).replace(/["\s,\ufeff]/g, "") !== "" || row.some((one) => one.trim() !== ""),
        );
        expect(read?.map(({ cells }) => cells.map(readCsvCell))).toEqual(filled);
      }),
    );
  });

  it("takes any line ends and the separators of other spreadsheets, and tells on which line a row begins", () => {
    for (const [separator, end] of [
      [",", "\r\n"],
      [";", "\n"],
      ["\t", "\r"],
    ] as const) {
      const rows = [
        ["host", "note"],
        ["a", '"x\ny"'],
        ["", ""],
        ["b", "z"],
      ].map((row) => row.join(separator));
      expect(readCsv(rows.join(end)), separator).toEqual([
        { line: 1, cells: ["host", "note"] },
        { line: 2, cells: ["a", "x\ny"] },
        { line: 5, cells: ["b", "z"] },
      ]);
    }
    expect(readCsv("")).toEqual([]);
    expect(readCsv("a,b,")).toEqual([{ line: 1, cells: ["a", "b", ""] }]);
  });

  it("is no file when a quote is not closed, or text follows a closed one", () => {
    for (const text of ['"a', 'a,"b', '"a"b', 'a\n"b""', '"a" ,b']) expect(readCsv(text), text).toBeNull();
  });

  it("is read in a time that grows with its length alone", () => {
    for (const text of ['"'.repeat(60_000), '"",'.repeat(20_000), "a".repeat(60_000), '"a\n'.repeat(15_000)]) {
      readCsv(text);
    }
  });
});

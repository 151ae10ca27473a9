import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SqlSyntaxError, selectByPastedText, selectByText } from "./demo-database.ts";

const table = new Map([
  ["1001", "a parcel"],
  ["o'clock", "a watch"],
]);

describe("selectByPastedText", () => {
  it.each([
    ["1001", "a parcel"],
    ["", undefined],
    ["9", undefined],
    ["o''clock", "a watch"],
    ["o\\'clock", "a watch"],
    ["1001' -- and more", "a parcel"],
    ["1001'#", "a parcel"],
    ['1001"', undefined],
  ])("reads %j as the end of a literal would have it", (text, row) => {
    expect(selectByPastedText(table, text)).toBe(row);
  });

  it.each([
    ["'", "'''"],
    ["1001'", "'1001''"],
    ["1001'x", "x'"],
    ["1001'\"x", "\"x'"],
    ["1001' OR '1'='1", " OR '1'='1'"],
    ["\\", "'\\'"],
  ])("names the place where %j breaks the statement", (text, near) => {
    expect(() => selectByPastedText(table, text)).toThrow(SqlSyntaxError);
    expect(() => selectByPastedText(table, text)).toThrow(`near '${near}`);
  });

  it("returns the same as a bound value without quotes and backslashes", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom(...table.keys())), (text) => {
        fc.pre(!/['\\]/.test(text));
        expect(selectByPastedText(table, text)).toBe(selectByText(table, text));
      }),
    );
  });
});

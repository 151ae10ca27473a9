import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCount, readInstanceNo, readPercent } from "./wire-values.ts";

const count = fc.oneof(fc.nat(), fc.maxSafeNat());
const grouped = (value: number, separator: string): string => value.toString().replace(/\B(?=(\d{3})+$)/g, separator);

describe("a count", () => {
  it("is the same as number, as text and with separators between thousands", () => {
    const separator = fc.constantFrom(",", " ", "\u00a0", "\u202f", "'", "");
    fc.assert(
      fc.property(count, separator, fc.constantFrom("", " ", "\n"), (value, sign, blank) => {
        expect(readCount(value)).toBe(value);
        expect(readCount(`${blank}${grouped(value, sign)}${blank}`)).toBe(value);
      }),
    );
  });

  it("is a whole number that a double holds, or none", () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.double(), fc.string(), fc.bigInt().map(String)), (value) => {
        const read = readCount(value);
        if (read === null) return;
        expect(Number.isSafeInteger(read) && read >= 0).toBe(true);
        expect(String(read)).toBe(
          String(value)
            .trim()
            .replace(/\.0$/, "")
            .replace(/[^0-9]/g, "")
            .replace(/^0+(?=\d)/, ""),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    "1,23",
    "12,34,567",
    ",123",
    "1,,234",
    "1,234 567",
    "1.234",
    "1234,567",
    "1,234건",
    "-1",
    "+1",
    "1e3",
    "0x10",
    "9007199254740992",
    "9,007,199,254,740,993",
    "１２",
    "",
    " ",
    `1${" ".repeat(100_000)}x`,
    1.5,
    -1,
    1e300,
    2 ** 53,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    true,
    null,
    [],
    {},
    ["3"],
  ])("is not read from %j", (value) => {
    expect(readCount(value)).toBeNull();
  });
});

describe("a percentage", () => {
  it.each([
    [46, 46],
    [0, 0],
    ["46", 46],
    ["46%", 46],
    ["46.5 %", 46.5],
    [101, null],
    [-1, null],
    ["101%", null],
    ["1,000", null],
    [1e300, null],
    ["", null],
    [null, null],
    [[46], null],
  ])("%j is read as %j", (value, percent) => {
    expect(readPercent(value)).toBe(percent);
  });
});

describe("an id", () => {
  it("keeps every digit, as number and as text", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 20n - 1n }), (id) => {
        expect(readInstanceNo(String(id))).toBe(String(id));
        if (id <= BigInt(Number.MAX_SAFE_INTEGER)) expect(readInstanceNo(Number(id))).toBe(String(id));
      }),
    );
  });

  it("has one spelling: leading zeros are removed", () => {
    expect(readInstanceNo("007001001")).toBe(readInstanceNo(7001001));
    expect(readInstanceNo("007001001")).toBe("7001001");
  });

  it.each([0, "0", "000", -1, 1.5, 2 ** 53, "1,234", "12a", "", "1".repeat(21), null, true, {}, [7]])(
    "is not read from %j",
    (value) => {
      expect(readInstanceNo(value)).toBeNull();
    },
  );
});

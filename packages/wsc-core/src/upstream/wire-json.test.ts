import fc from "fast-check";
import { expect, it } from "vitest";
import { parseWireJson } from "./wire-json.ts";

it("reads any JSON whose numbers fit as JSON.parse does", () => {
  const withoutStrings = (text: string) => text.replace(/"(?:[^"\\]|\\.)*"/g, "");
  const short = fc.json().filter((text) => !/\d{16}/.test(withoutStrings(text)));
  fc.assert(
    fc.property(short, (text) => {
      expect(parseWireJson(text)).toEqual(JSON.parse(text));
    }),
  );
});

it("keeps every digit of integers of 16 to 20 digits, also in lists and behind a sign", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 10n ** 15n, max: 10n ** 20n }), (id) => {
      expect(parseWireJson(`{"instanceNo": ${id}, "list":[${id},-${id}]}`)).toEqual({
        instanceNo: `${id}`,
        list: [`${id}`, `-${id}`],
      });
    }),
  );
});

it("keeps every digit of a long integer wherever it stands, and shortens none", () => {
  const padding = fc.nat({ max: 40 });
  fc.assert(
    fc.property(padding, fc.integer({ min: 14, max: 18 }), padding, (before, digits, after) => {
      const number = "9".repeat(digits);
      const text = `${" ".repeat(before)}[${number},${" ".repeat(after)}1]`;
      expect(parseWireJson(text)).toEqual([digits >= 16 ? number : Number(number), 1]);
    }),
  );
});

it("leaves digits inside strings alone", () => {
  const text = '{"memo":"12345678901234567890 \\" 98765432109876543210","a\\\\":"1234567890123456789"}';
  expect(parseWireJson(text)).toEqual(JSON.parse(text));
});

it("leaves fractions and exponents alone", () => {
  expect(parseWireJson("[0.12345678901234567890, 1e21, 1.5]")).toEqual([0.12345678901234568, 1e21, 1.5]);
});

it.each(["", "{", "undefined", "{'a':1}", "[1,]", "NaN"])("refuses %j", (text) => {
  expect(() => parseWireJson(text)).toThrow(SyntaxError);
});

it("refuses what nests deeper than 64 levels and reads what does not", () => {
  expect(() => parseWireJson("[".repeat(66) + "]".repeat(66))).toThrow(SyntaxError);
  expect(() => parseWireJson("[".repeat(60) + "]".repeat(60))).not.toThrow();
});

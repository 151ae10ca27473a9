import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseLongJson } from "./parse-long-json.ts";

/** Long enough to be parsed in several parts. */
const filler = 'x"\\]},{['.repeat(20_000);

async function parsed(text: string): Promise<{ readonly value: unknown; readonly pauses: number }> {
  let pauses = 0;
  const value = await parseLongJson(text, "entries", async () => {
    pauses += 1;
  });
  return { value, pauses };
}

describe("a long text of JSON", () => {
  it("comes to the same as in one go, whatever its entries and the members beside them are", async () => {
    const member = fc.tuple(fc.constantFrom("a", 'b"', "entries ", "\\"), fc.jsonValue());
    const indent = fc.constantFrom(0, 2);
    await fc.assert(
      fc.asyncProperty(
        fc.array(member, { maxLength: 3 }),
        fc.array(fc.jsonValue(), { maxLength: 5 }),
        fc.array(member, { maxLength: 3 }),
        indent,
        async (before, entries, after, spaces) => {
          const all = [...entries, filler, ...entries, filler, ...entries, filler, ...entries];
          const value = { ...Object.fromEntries(before), entries: all, ...Object.fromEntries(after) };
          const text = JSON.stringify(value, null, spaces);
          const { value: read, pauses } = await parsed(text);
          expect(JSON.stringify(read)).toBe(JSON.stringify(value));
          expect(pauses).toBeGreaterThan(1);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("comes to the same where entries are alike, and texts and lists in them look like the next entry", async () => {
    const lookalike = fc.constantFrom(
      '},{"a":',
      '"},{"a":',
      "},",
      { a: [{ a: 1 }, { a: 2 }] },
      [{ a: "},{" }, { a: [] }],
      null,
    );
    const entry = fc.record({ a: lookalike, b: lookalike });
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 5 }), fc.boolean(), async (some, isNested) => {
        const all = Array.from({ length: 8 }, () => [...some, { a: filler, b: '},{"a":' }]).flat();
        const value = { x: [{ a: 1 }, { a: 2 }], entries: all, y: isNested ? all : [] };
        const { value: read, pauses } = await parsed(JSON.stringify(value));
        expect(JSON.stringify(read)).toBe(JSON.stringify(value));
        if (!isNested) expect(pauses).toBeGreaterThan(1);
      }),
      { numRuns: 30 },
    );
  });

  it("with entries that are alike is refused where JSON.parse refuses it", async () => {
    const good = JSON.stringify({
      entries: Array.from({ length: 12 }, () => ({ a: filler, b: [{ a: 1 }, { a: 2 }] })),
      z: 1,
    });
    const spoilt = [
      good.slice(0, -1),
      good.replace('{"a":1},{"a":2}', '{"a":1}{"a":2}'),
      good.replace('},{"a":2}]', '},{"a":2}'),
      `${good},`,
      good.replace("}],", "]},"),
    ];
    for (const text of spoilt) {
      expect(() => JSON.parse(text)).toThrow(SyntaxError);
      await expect(parsed(text)).rejects.toThrow(SyntaxError);
    }
  });

  it("is parsed in one go where it has no such list", async () => {
    const values = [filler.repeat(4), [filler.repeat(4)], { entries: filler.repeat(4) }, { other: [filler.repeat(4)] }];
    for (const value of values) expect(await parsed(JSON.stringify(value))).toEqual({ value, pauses: 0 });
  });

  it("with two such lists has the last one", async () => {
    const long = `{"entries":${JSON.stringify([filler, filler, filler, filler])},"entries":[1]}`;
    expect((await parsed(long)).value).toEqual({ entries: [1] });
    for (const name of ["entries", "entrie\\u0073"]) {
      const emptied = long.replace('"entries":[1]', `"${name}":[]`);
      expect((await parsed(emptied)).value).toEqual({ entries: [] });
    }
  });

  it("is refused where JSON.parse refuses it", async () => {
    const good = JSON.stringify({ a: 1, entries: [filler, filler, filler, filler], z: 1 });
    const spoilt = [
      good.slice(0, -1),
      good.slice(0, good.length / 2),
      good.replace("],", ",],"),
      good.replace("[", "[,"),
      good.replace("],", "},"),
      good.replace('"z"', "z"),
      `${good}}`,
      good.replace('"a":1', '"a":01'),
    ];
    for (const text of spoilt) {
      expect(() => JSON.parse(text)).toThrow(SyntaxError);
      const isRefused = await parsed(text).then(
        () => false,
        (error: unknown) => error instanceof SyntaxError,
      );
      expect(isRefused).toBe(true);
    }
  });
});

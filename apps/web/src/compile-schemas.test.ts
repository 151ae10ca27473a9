import { findingListSchema } from "@wsc-dashboard/wsc-core";
import { assert, constantFrom, property, record } from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { compileSchemas, parserText } from "../compile-schemas.ts";

type Parser = (input: unknown) => unknown;

/** What the browser runs, of a schema. */
function parserOf(schema: z.core.$ZodType): Parser {
  return new Function("INVALID", `return ${parserText(schema)};`)(z.INVALID) as Parser;
}

describe("the compiled parser of findings", () => {
  const parse = parserOf(findingListSchema);
  // Right and wrong values for every field alike.
  const value = constantFrom<unknown>(
    ...["high", "H-01", "<script>", "", null, undefined, 7, true, {}],
    ...[[], [{ name: "a", value: "b", more: 1 }], [{ name: "a" }], [null]],
  );
  const text = constantFrom<unknown>("a", "", null);
  const finding = record(
    {
      ...{ number: text, item: text, severity: constantFrom<unknown>("high", "low", null, "none"), method: text },
      ...{ url: text, parameter: text, evidence: text, fingerprint: text, otherFields: value, unknownField: value },
    },
    { requiredKeys: ["number", "item", "severity", "method", "url", "parameter", "evidence"] },
  );

  it("accepts what the schema accepts, with the same result, and nothing else", () => {
    let accepted = 0;
    const check = (input: unknown) => {
      const expected = findingListSchema.safeParse(input);
      const found = parse(input);
      expect(found === z.INVALID ? null : found).toEqual(expected.success ? expected.data : null);
      accepted += expected.success ? 1 : 0;
    };
    assert(
      property(finding, finding, (first, second) => check([first, second])),
      { numRuns: 500 },
    );
    assert(property(value, (input) => check(input)));
    assert(property(value, (input) => check([input])));
    expect(accepted).toBeGreaterThan(0);
  });
});

describe("the build", () => {
  it("installs the compiled parser in the module of the schema", async () => {
    const { transform } = compileSchemas() as unknown as {
      readonly transform: (code: string, id: string) => Promise<{ readonly code: string } | null>;
    };
    const id = new URL("../../../packages/wsc-core/src/domain/finding-list.ts", import.meta.url).pathname;
    const written = await transform("export const findingListSchema = z.array(findingSchema);", id);
    expect(written?.code).toContain("export const findingListSchema = withParser(interpretedSchema, ");
    expect(written?.code).toContain(parserText(findingListSchema));
    expect(await transform("export const other = 1;", id.replace("finding-list", "finding"))).toBeNull();
  });

  it("refuses a schema whose compiled code would need more than its enumerations", () => {
    expect(() => parserText(z.array(z.number()))).toThrow("a number");
    expect(() => parserText(z.object({ text: z.string().check(z.regex(/x/)) }))).toThrow("more than its enumerations");
  });
});

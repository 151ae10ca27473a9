import { fileURLToPath } from "node:url";
import { reportEndpoints } from "@wsc-dashboard/wsc-core";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { compileSchemas, parserText } from "../compile-schemas.ts";

const findingListSchema = reportEndpoints.get.longField.entries;

type Parser = (input: unknown) => unknown;

/** The compiled parser that the browser runs. */
function parserOf(schema: z.core.$ZodType): Parser {
  return new Function("INVALID", `return ${parserText(schema)};`)(z.INVALID) as Parser;
}

describe("the compiled parser of findings", () => {
  const parse = parserOf(findingListSchema);
  const finding = {
    ...{
      number: "H-01",
      item: "XSS",
      severity: "high",
      method: "GET",
      url: "https://shop.example.com/",
      parameter: "q",
    },
    ...{ evidence: "<script>", fingerprint: "xss", otherFields: [{ name: "a", value: "b" }] },
  };
  /** In place of each field and of a whole finding: right for some, wrong for others. */
  const values = [
    ...["low", "none", "", null, undefined, 7, true, {}, []],
    ...[[{ name: "a", value: "b", more: 1 }], [{ name: "a" }], [null]],
  ];
  const inputs: readonly unknown[] = [
    ...values,
    ...values.map((value) => [finding, value]),
    ...[...Object.keys(finding), "unknownField"].flatMap((field) => {
      const { [field as keyof typeof finding]: _, ...rest } = finding;
      return [rest, ...values.map((value) => ({ ...finding, [field]: value }))].map((changed) => [finding, changed]);
    }),
  ];

  it("accepts what the schema accepts, with the same result, and nothing else", () => {
    let accepted = 0;
    for (const input of inputs) {
      const expected = findingListSchema.safeParse(input);
      const found = parse(input);
      expect(found === z.INVALID ? null : found).toStrictEqual(expected.success ? expected.data : null);
      if (expected.success && expected.data.length > 0) accepted += 1;
    }
    expect(accepted).toBeGreaterThan(20);
    expect(inputs.length - accepted).toBeGreaterThan(80);
  });
});

describe("the build", () => {
  it("installs the compiled parser in the module of the schema", async () => {
    const { transform } = compileSchemas() as unknown as {
      readonly transform: (code: string, id: string) => Promise<{ readonly code: string } | null>;
    };
    const id = fileURLToPath(new URL("../../../packages/wsc-core/src/domain/finding-list.ts", import.meta.url));
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

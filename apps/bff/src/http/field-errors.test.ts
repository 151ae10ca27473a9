import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { inputError } from "./field-errors.ts";

const schema = z.strictObject({
  name: z.string().check(z.minLength(1), z.maxLength(5)),
  hosts: z.array(z.string()).check(z.minLength(1)),
  days: z.int().check(z.minimum(1)),
});

const valid = { name: "a", hosts: ["b"], days: 1 };

function refusalOf(change: object) {
  const { error } = z.safeParse(schema, { ...valid, ...change });
  const { code, status, details } = inputError(error?.issues ?? [], "body");
  return { code, status, errors: details.errors };
}

describe("a refused body", () => {
  it("says of an empty text or list that it is required, as the value of a right form", () => {
    for (const [change, pointer] of [
      [{ name: "" }, "/name"],
      [{ hosts: [] }, "/hosts"],
    ] as const)
      expect(refusalOf(change)).toEqual({
        code: "INPUT_REFUSED",
        status: 422,
        errors: [{ pointer, code: "VALUE_REQUIRED" }],
      });
  });

  it("says of a missing field the same, as a wrong form", () => {
    expect(refusalOf({ name: undefined })).toEqual({
      code: "INPUT_INVALID",
      status: 400,
      errors: [{ pointer: "/name", code: "VALUE_REQUIRED" }],
    });
  });

  it("keeps a number that is too small and a text that is too long apart from it", () => {
    expect(refusalOf({ days: 0 }).code).toBe("VALUE_INVALID");
    expect(refusalOf({ name: "abcdef" }).code).toBe("VALUE_TOO_LONG");
  });
});

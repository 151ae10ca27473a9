import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { jobRequestSchema } from "@wsc-dashboard/wsc-core";
import { describe, expect, it } from "vitest";
import { flattenErrors, pathOfPointer } from "./form-error.ts";
import { entriesOf } from "./lines-field.tsx";

async function errorsOf(values: object) {
  const resolve = standardSchemaResolver(jobRequestSchema) as unknown as (
    values: object,
    context: undefined,
    options: object,
  ) => Promise<{ errors: unknown }>;
  const { errors } = await resolve(values, undefined, { fields: {}, shouldUseNativeValidation: false });
  return flattenErrors(errors);
}

const good = { startUrl: "https://www.example.com/", consent: { textVersion: "1", accepted: true } };

describe("the errors of a form", () => {
  it("are empty for a valid request", async () => {
    expect(await errorsOf(good)).toEqual([]);
  });

  it("consist of the path of a value and a code of the catalogue", async () => {
    expect(
      await errorsOf({ ...good, startUrl: "www.example.com", consent: { textVersion: "1", accepted: false } }),
    ).toEqual([
      { path: "startUrl", code: "160331" },
      { path: "consent.accepted", code: "CONSENT_REQUIRED" },
    ]);
  });

  it("contain the line of a list", async () => {
    const excludeUrls = ["https://www.example.com/a", "no address", "https://www.example.com/b", "https://other.test/"];
    expect(await errorsOf({ ...good, excludeUrls })).toContainEqual({
      path: "excludeUrls",
      code: "URL_INVALID",
      line: 2,
    });
  });

  it("report a URL on another host", async () => {
    expect(await errorsOf({ ...good, excludeUrls: ["https://other.test/"] })).toEqual([
      { path: "excludeUrls", code: "URL_OTHER_HOST", line: 1 },
    ]);
  });

  it("are at the sign-in when headers were chosen and none given", async () => {
    expect(await errorsOf({ ...good, signIn: { kind: "headers", headers: {} } })).toEqual([
      { path: "signIn.headers", code: "160432" },
    ]);
  });

  it("never show a message of a library", () => {
    expect(flattenErrors({ memo: { type: "x", message: "Invalid input: expected string" } })).toEqual([
      { path: "memo", code: "VALUE_INVALID" },
    ]);
  });

  it("keep an unknown vendor code", () => {
    expect(flattenErrors({ memo: { type: "server", message: "160999" } })).toEqual([{ path: "memo", code: "160999" }]);
  });

  it.each([undefined, null, "x", 7, {}])("are none in %j", (nothing) => {
    expect(flattenErrors(nothing)).toEqual([]);
  });
});

describe("a JSON pointer", () => {
  it.each([
    ["/startUrl", "startUrl"],
    ["/excludeUrls/3", "excludeUrls.3"],
    ["/signIn/headers/X~1Y", "signIn.headers.X/Y"],
    ["", ""],
  ])("%j is the value %j", (pointer, path) => {
    expect(pathOfPointer(pointer)).toBe(path);
  });
});

describe("a text with one entry per line", () => {
  it("is split into trimmed, unique, non-empty lines", () => {
    expect(entriesOf("  a \r\n\n b\na\n")).toEqual(["a", "b"]);
  });

  it("has no entries when it is blank", () => {
    expect(entriesOf(" \n\t\n")).toEqual([]);
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { decodeEnvelope } from "./envelope.ts";
import { readJobPage } from "./read-jobs.ts";

const folder = new URL("../../fixtures/", import.meta.url);
const fixture = (name: string): string => readFileSync(new URL(name, folder), "utf8");

interface IndexRow {
  file: string;
  http: number[] | null;
}
const index = (JSON.parse(fixture("index.json")) as { files: IndexRow[] }).files;
const answers = index.filter((row): row is IndexRow & { http: number[] } => row.http !== null);
const cases = answers.flatMap((row) => row.http.map((http) => [row.file, http] as const));

/** `null`: success. */
function expectedCode(file: string): string | null {
  return /error-(\d+)/.exec(file)?.[1] ?? null;
}

describe("every fixture", () => {
  it("is listed in the index", () => {
    const listed = new Set(["index.json", ...index.map((row) => row.file)]);
    expect(readdirSync(folder).filter((name) => !listed.has(name))).toEqual([]);
  });

  it.each(cases)("%s with HTTP %i means what its name says", (file, http) => {
    const decoded = decodeEnvelope(http, fixture(file));
    const code = expectedCode(file);
    if (code === null) expect(decoded).toMatchObject({ kind: "success", recognised: true });
    else
      expect(decoded).toMatchObject({
        kind: "failure",
        code,
        httpStatus: http,
        origin: file.startsWith("gateway") ? "gateway" : "service",
      });
  });

  it.each(["getJobs.page1.wrapped.json", "getJobs.page1.bare.json"])("%s holds the same five jobs", (file) => {
    const decoded = decodeEnvelope(200, fixture(file));
    const page =
      decoded.kind === "success"
        ? readJobPage(decoded.payload, { zone: "Asia/Seoul", now: new Date("2026-11-21T00:00:00Z") })
        : null;
    expect(page?.records.map(({ job }) => job.instanceNo)).toEqual([
      "7000123",
      "7000122",
      "7000121",
      "7000118",
      "7000040",
    ]);
  });
});

const json = (value: unknown): string => JSON.stringify(value);

describe("decodeEnvelope", () => {
  it.each([
    ["a number as code", 200, json({ error: { errorCode: 901, message: "API Call Fail" } }), "901", "service"],
    ["a string as code", 401, json({ error: { errorCode: "210", message: "Permission Denied" } }), "210", "gateway"],
    ["`code` inside error", 400, json({ error: { code: "100" } }), "100", "gateway"],
    ["gateway code 200 with HTTP 401", 401, json({ error: { errorCode: "200" } }), "200", "gateway"],
    ["gateway code 200 even with HTTP 200", 200, json({ error: { errorCode: 200 } }), "200", "gateway"],
    [
      "a non-zero returnCode with HTTP 200",
      200,
      json({ returnCode: "160433", returnDesc: "x", resources: null }),
      "160433",
      "service",
    ],
    [
      "a numeric returnCode",
      200,
      json({ returnCode: 160701, returnMessage: "Open period expired" }),
      "160701",
      "service",
    ],
    ["responseError", 400, json({ responseError: { returnCode: "900", returnMessage: "x" } }), "900", "gateway"],
    ["errorCode at the top", 400, json({ errorCode: 300, message: "x" }), "300", "gateway"],
    ["code and msg", 200, json({ code: "169201", msg: "no" }), "169201", "service"],
    ["status object", 500, json({ status: { code: "510", message: "late" } }), "510", "gateway"],
    [
      "a six-digit code nobody listed",
      200,
      json({ error: { errorCode: 160999, message: "new" } }),
      "160999",
      "service",
    ],
    ["a code of another form", 200, json({ error: { errorCode: "E-7", message: "odd" } }), "E-7", "unknown"],
    ["an error without code", 200, json({ error: { message: "odd" } }), null, "unknown"],
    [
      "a Spring style body",
      500,
      json({ timestamp: 1, status: 500, error: "Internal Server Error", message: "" }),
      null,
      "unknown",
    ],
    ["an empty object with HTTP 404", 404, "{}", null, "unknown"],
  ])("reads %s as a failure", (_, http, text, code, origin) => {
    expect(decodeEnvelope(http, text)).toMatchObject({ kind: "failure", code, origin, httpStatus: http });
  });

  it.each([
    ["HTML with HTTP 200", 200, "<!doctype html><title>Login</title>"],
    ["HTML with HTTP 502", 502, "<html>Bad Gateway</html>"],
    ["nothing", 200, ""],
    ["XML", 403, "<Error><Code>1</Code></Error>"],
    ["a bare number", 200, "0"],
    ["a list", 200, "[]"],
    ["null", 200, "null"],
    ["half a document", 200, '{"returnCode":"0","resou'],
    ["JSON nested 65 levels deep", 200, `{"a":${"[".repeat(65)}${"]".repeat(65)}}`],
  ])("calls %s unreadable, never a success", (_, http, text) => {
    expect(decodeEnvelope(http, text)).toMatchObject({ kind: "unreadable", httpStatus: http });
  });

  it("takes only the body's word for success, whatever the HTTP status", () => {
    expect(decodeEnvelope(500, json({ returnCode: 0, resources: { a: 1 } }))).toEqual({
      kind: "success",
      payload: { a: 1 },
      recognised: true,
    });
    expect(decodeEnvelope(200, json({ something: "else" }))).toMatchObject({ kind: "success", recognised: false });
  });

  it("keeps every digit of an id beyond 2^53", () => {
    const decoded = decodeEnvelope(200, '{"returnCode":"0","resources":{"instanceNo":9007199254740993}}');
    expect(decoded).toMatchObject({ payload: { instanceNo: "9007199254740993" } });
  });
});

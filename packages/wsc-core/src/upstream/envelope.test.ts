import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { errorCatalogue, errorEntry } from "../errors/catalogue.ts";
import { isCertainRefusal } from "../errors/certain-refusal.ts";
import { decodeEnvelope, errorCodeOf, type SuccessAnswer } from "./envelope.ts";
import { readJobPage } from "./read-jobs.ts";

const json = (value: unknown): string => JSON.stringify(value);
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
    const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.map(({ name }) => name).filter((name) => !listed.has(name))).toEqual([]);
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

const places: Readonly<Record<string, (code: unknown) => Record<string, unknown>>> = {
  error: (errorCode) => ({ error: { errorCode, message: "m" } }),
  errorCode: (code) => ({ error: { code, message: "m" } }),
  errorText: (error) => ({ error, message: "m" }),
  responseError: (returnCode) => ({ responseError: { returnCode, returnMessage: "m" } }),
  returnCode: (returnCode) => ({ returnCode, returnMessage: "m" }),
  top: (errorCode) => ({ errorCode, message: "m" }),
  code: (code) => ({ code, msg: "m" }),
  status: (code) => ({ status: { code, message: "m" } }),
};
const place = fc.constantFrom(...Object.values(places));
const anyStatus = fc.constantFrom(200, 201, 202, 204, 301, 400, 401, 403, 404, 413, 429, 500, 502, 503, 504);
const anyText = fc.oneof(fc.jsonValue({ maxDepth: 2 }).map(json), fc.string());
const gatewayCodes = Object.entries(errorCatalogue).flatMap(([code, { origin }]) =>
  origin === "gateway" ? [code] : [],
);

describe("a code", () => {
  it("of zero is success, in every position and form", () => {
    const zero = fc.constantFrom(0, -0, "0", "00", "0000", " 0 ", "0.0", "+0");
    fc.assert(
      fc.property(place, zero, anyStatus, (put, code, http) => {
        expect(decodeEnvelope(http, json(put(code)))).toMatchObject({
          kind: "success",
          payload: null,
          recognised: true,
        });
        const page = { total_cnt: 0, record_data: [] };
        expect(decodeEnvelope(http, json({ ...put(code), resources: page }))).toMatchObject({ payload: page });
      }),
    );
  });

  it("that is not zero is a failure, despite other fields", () => {
    const other = fc.oneof(
      fc.integer({ min: 1 }),
      fc.constantFrom("1", "200", "SUCCESS", "InvalidParameter", "000001", "0x0"),
    );
    fc.assert(
      fc.property(place, other, anyStatus, fc.jsonValue(), (put, code, http, resources) => {
        expect(decodeEnvelope(http, json({ ...put(code), resources })).kind).toBe("failure");
        // An empty page beside a failure would prove that a job is not there.
        const page = { total_cnt: 0, record_data: [] };
        expect(decodeEnvelope(http, json({ ...page, ...put(code) })).kind).toBe("failure");
        if (put !== places.returnCode)
          expect(decodeEnvelope(http, json({ ...put(code), returnCode: "0" })).kind).toBe("failure");
      }),
    );
  });

  it("of the gateway is the gateway's only with the HTTP status documented for it", () => {
    fc.assert(
      fc.property(place, fc.constantFrom(...gatewayCodes), anyStatus, (put, code, http) => {
        for (const written of [code, Number(code)]) {
          const decoded = decodeEnvelope(http, json(put(written)));
          if (decoded.kind !== "failure") throw new Error("no failure");
          expect(errorCodeOf(decoded)).toBe(http === errorEntry(code).upstreamStatus ? code : "UPSTREAM_CODE_UNKNOWN");
        }
      }),
    );
  });

  it("in words is never one of our codes", () => {
    const ours = Object.entries(errorCatalogue).flatMap(([code, { origin }]) => (origin === "dashboard" ? [code] : []));
    fc.assert(
      fc.property(place, fc.oneof(fc.constantFrom(...ours), fc.string()), anyStatus, (put, code, http) => {
        const decoded = decodeEnvelope(http, json(put(code)));
        if (decoded.kind === "failure") expect(errorCodeOf(decoded)).toMatch(/^(?:[0-9]+|UPSTREAM_CODE_UNKNOWN)$/);
      }),
    );
  });

  it("rules a job out only at its documented position, with its documented status, and alone", () => {
    fc.assert(
      fc.property(place, fc.constantFrom(...Object.entries(errorCatalogue)), anyStatus, (put, [code, entry], http) => {
        const documented = errorEntry(code);
        const isPlace = put === places.error || (put === places.returnCode && entry.origin === "service");
        const isStatus = http === documented.upstreamStatus || http === documented.newerUpstreamStatus;
        const decoded = decodeEnvelope(http, json(put(code)));
        const expected = isPlace && isStatus && entry.created === "no" && entry.origin !== "dashboard";
        expect(decoded.kind === "failure" && isCertainRefusal(decoded)).toBe(expected);
        const results = [
          { resources: { instanceNo: 7 } },
          { data: { instanceNo: 7 } },
          { result: 7 },
          { instanceNo: 7 },
        ];
        const contradictions = [{ code: 0 }, { status: { code: 0 } }, { responseError: { returnCode: "901" } }];
        for (const beside of [...results, ...contradictions]) {
          const mixed = decodeEnvelope(http, json({ ...put(code), ...beside }));
          expect(mixed.kind === "failure" && isCertainRefusal(mixed)).toBe(false);
        }
      }),
      { numRuns: 400 },
    );
  });
});

describe("the vendor's words", () => {
  it("contain detail and field messages, within bounds", () => {
    const error = {
      errorCode: "InvalidParameter",
      message: "The parameter is invalid.",
      detail: "See the fields.",
      fieldErrors: [{ field: "StartUrl", message: "must be a URL" }, { field: "Speed" }, "odd", 5, null],
    };
    expect(decodeEnvelope(400, json({ error }))).toMatchObject({
      kind: "failure",
      code: "InvalidParameter",
      message: "The parameter is invalid. · See the fields. · StartUrl: must be a URL · Speed · odd",
    });
    const many = Array.from({ length: 500 }, () => ({ field: "f", message: "x".repeat(5000) }));
    const long = decodeEnvelope(400, json({ error: { ...error, fieldErrors: many } }));
    expect(long.kind === "failure" ? long.message.length : 0).toBe(1000);
  });

  it("on fields are a failure also without a code", () => {
    expect(decodeEnvelope(200, json({ message: "no", fieldErrors: [{ field: "a", message: "b" }] }))).toMatchObject({
      kind: "failure",
      code: null,
    });
  });
});

describe("a success", () => {
  it.each([
    ["nothing", { returnCode: "0" }, null],
    ["null", { returnCode: "0", resources: null }, null],
    ["a page beside the code", { returnCode: "0", total_cnt: 0 }, { returnCode: "0", total_cnt: 0 }],
    ["a member nobody knows", { code: 0, data: [7] }, { code: 0, data: [7] }],
  ])("that carries %s hands it on whole", (_, body, payload) => {
    const decoded = decodeEnvelope(200, json(body)) as SuccessAnswer;
    expect(decoded).toMatchObject({ kind: "success", recognised: true });
    expect(decoded.payload).toEqual(payload);
  });
});

describe("a page of jobs", () => {
  const page = { total_cnt: 0, record_data: [] };
  const isDoubtful = (http: number, body: unknown): boolean | null => {
    const decoded = decodeEnvelope(http, json(body));
    return decoded.kind === "success" ? decoded.isDoubtful : null;
  };

  it("with the status of a failure, or beside words of one, is doubtful; as documented it is not", () => {
    for (const http of [302, 401, 404, 429, 500, 503]) {
      expect(isDoubtful(http, page), String(http)).toBe(true);
      expect(isDoubtful(http, { returnCode: "0", resources: page }), String(http)).toBe(true);
    }
    const marks = [{ warning: "partial result" }, { warnings: ["x"] }, { hasError: true }, { partial: "Y" }];
    for (const mark of [...marks, { is_truncated: 1 }, { failedShards: 2 }]) {
      expect(isDoubtful(200, { ...page, ...mark }), json(mark)).toBe(true);
      expect(isDoubtful(200, { returnCode: "0", resources: { ...page, ...mark } }), json(mark)).toBe(true);
    }
    expect(isDoubtful(200, { returnCode: "0", resources: { ...page, error: { errorCode: 901 } } })).toBe(true);
    const harmless = [{}, { error: null }, { warning: "" }, { warnings: [] }, { hasError: false }, { partial: "N" }];
    for (const mark of [...harmless, { errorCount: 0 }, { failed: "0" }]) {
      expect(isDoubtful(200, { ...page, ...mark }), json(mark)).toBe(false);
    }
  });

  it("that says of itself that it failed is none", () => {
    const failures = [{ success: "false" }, { isSuccess: false }, { success: "N" }, { errors: [{ message: "no" }] }];
    const oddCodes = [{ code: [901] }, { code: { id: 901 } }, { resultCode: true }, { errorCode: ["0"] }];
    const statuses = [{ status: "FAIL" }, { status: "error" }, { status: 500 }, { status: "404" }];
    for (const failure of [...failures, ...oddCodes, ...statuses, { resultCode: "901" }, { resultCode: "E01" }]) {
      expect(isDoubtful(200, { ...page, ...failure }), json(failure)).toBeNull();
    }
    for (const success of [{ code: [] }, { errorCode: false }, { status: "OK" }, { status: 200 }, { status: "0" }]) {
      expect(isDoubtful(200, { ...page, ...success }), json(success)).toBe(false);
    }
  });
});

describe("decodeEnvelope", () => {
  it("never throws, and calls only an answer with a code or a payload recognised", () => {
    fc.assert(
      fc.property(anyStatus, anyText, (http, text) => {
        const decoded = decodeEnvelope(http, text);
        expect(["success", "failure", "unreadable"]).toContain(decoded.kind);
      }),
    );
  });

  it.each([
    ["a number as code", 200, json({ error: { errorCode: 901, message: "API Call Fail" } }), "901", "service"],
    ["a string as code", 401, json({ error: { errorCode: "210", message: "Permission Denied" } }), "210", "gateway"],
    ["`code` inside error", 400, json({ error: { code: "100" } }), "100", "gateway"],
    ["gateway code 200 with HTTP 401", 401, json({ error: { errorCode: "200" } }), "200", "gateway"],
    [
      "gateway code 200 with HTTP 200, where it is no gateway's",
      200,
      json({ error: { errorCode: 200 } }),
      "200",
      "unknown",
    ],
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
    ["responseError", 500, json({ responseError: { returnCode: "900", returnMessage: "x" } }), "900", "gateway"],
    ["errorCode at the top", 404, json({ errorCode: 300, message: "x" }), "300", "gateway"],
    ["code and msg", 200, json({ code: "169201", msg: "no" }), "169201", "service"],
    ["status object", 504, json({ status: { code: "510", message: "late" } }), "510", "gateway"],
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

  it("decides success by the body alone, for any HTTP status", () => {
    expect(decodeEnvelope(500, json({ returnCode: 0, resources: { a: 1 } }))).toEqual({
      kind: "success",
      payload: { a: 1 },
      recognised: true,
      envelope: "wrapped",
      isDoubtful: true,
    });
    expect(decodeEnvelope(200, json({ something: "else" }))).toMatchObject({ kind: "success", recognised: false });
  });

  it("keeps every digit of an id beyond 2^53", () => {
    const decoded = decodeEnvelope(200, '{"returnCode":"0","resources":{"instanceNo":9007199254740993}}');
    expect(decoded).toMatchObject({ payload: { instanceNo: "9007199254740993" } });
  });
});

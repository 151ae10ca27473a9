import { describe, expect, it } from "vitest";
import { jobRequestFields } from "../api/jobs.ts";
import { errorCatalogue, errorEntry, fieldOf, vendorOriginOf, wholeForm } from "./catalogue.ts";
import { toProblem, WscError } from "./problem.ts";

const rows = Object.entries(errorCatalogue);
const of = (origin: string) => rows.filter(([, row]) => row.origin === origin);

describe("the error catalogue", () => {
  it("has the vendor's 11 gateway and 21 service codes", () => {
    expect(
      of("gateway")
        .map(([code]) => code)
        .sort(),
    ).toEqual(["100", "200", "210", "300", "400", "410", "420", "430", "500", "510", "900"]);
    expect(of("service")).toHaveLength(21);
  });

  it("maps failures of the upstream to neither 401 nor a success", () => {
    for (const [code, row] of rows) {
      if (row.origin !== "dashboard") expect(row.status, code).not.toBe(401);
      expect(row.status, code).toBeGreaterThanOrEqual(400);
    }
  });

  it("regards createJob as not executed only after a certain refusal", () => {
    const maybe = rows.filter(([, row]) => row.created === "maybe").map(([code]) => code);
    expect(maybe.sort()).toEqual([
      "160441",
      "500",
      "510",
      "900",
      "901",
      "OUTCOME_UNKNOWN",
      "UPSTREAM_CODE_UNKNOWN",
      "UPSTREAM_INTERRUPTED",
      "UPSTREAM_TIMEOUT",
      "UPSTREAM_UNREADABLE",
    ]);
  });

  it("treats an unknown code as a possible creation", () => {
    expect(errorEntry("160999")).toMatchObject({ created: "maybe", status: 502 });
    expect(errorEntry("constructor").status).toBe(502);
  });

  it.each([
    ["200", "gateway"],
    ["901", "service"],
    ["900", "gateway"],
    ["169201", "service"],
    ["123456", "service"],
    ["INPUT_INVALID", null],
    ["", null],
    ["99", null],
    ["toString", null],
  ])("code %s comes from %s", (code, origin) => {
    expect(vendorOriginOf(code)).toBe(origin);
  });
});

describe("the place of a refused createJob", () => {
  /** Vendor codes of other operations. */
  const elsewhere = ["160701", "160842", "165244"];
  const values = new Set(Object.keys(jobRequestFields));

  it("is a field of the job request, or the whole form", () => {
    for (const [code] of rows) {
      const { pointer } = errorEntry(code);
      if (pointer === undefined || pointer === wholeForm) continue;
      expect.soft(values, code).toContain(pointer.split("/")[1]);
    }
  });

  it("is defined for every vendor code of createJob, and no other", () => {
    for (const [code, row] of rows) {
      if (row.origin === "dashboard") continue;
      expect.soft(errorEntry(code).pointer === undefined, code).toBe(elsewhere.includes(code));
    }
  });

  it.each([
    ["160331", "/startUrl"],
    ["160332", "/signIn/idParam"],
    ["160351", "/signIn"],
    ["160353", "/startUrl"],
    ["160456", "/managedConsent"],
  ])("of code %s, which the vendor documents with its value, is %s", (code, pointer) => {
    expect(fieldOf(code)).toBe(pointer);
  });

  it("of an unknown code is the whole form", () => {
    expect([errorEntry("160999").pointer, fieldOf("160999")]).toEqual([wholeForm, undefined]);
  });
});

describe("a problem document", () => {
  it("contains nothing of the operator's message", () => {
    const error = new WscError("UPSTREAM_TIMEOUT", "secret operator words", {
      cause: new Error("deep"),
      retryAfter: 3,
    });
    const problem = toProblem(error, "r-1");
    expect(JSON.stringify(problem)).not.toMatch(/secret operator|deep/);
    expect(problem).toMatchObject({
      code: "UPSTREAM_TIMEOUT",
      status: 504,
      requestId: "r-1",
      retryable: true,
      retryAfter: 3,
    });
  });
});

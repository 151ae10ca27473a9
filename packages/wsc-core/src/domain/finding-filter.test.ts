import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Finding } from "./finding.ts";
import { type FindingFilter, findingChangesOf, findingFilter, findingPlace, findingTests } from "./finding-filter.ts";
import { type Severity, severities } from "./severity.ts";

function finding(number: string, severity: Severity | null, known: Partial<Finding> = {}): Finding {
  return {
    number,
    item: "XSS",
    severity,
    method: "GET",
    url: "https://www.example.com/search?q=1",
    parameter: "q",
    evidence: "<b>marker</b>",
    fingerprint: number,
    otherFields: [],
    ...known,
  };
}
const accepts = (filter: FindingFilter, one: Finding = finding("H-01", "high")): boolean => findingFilter(filter)(one);

describe("a filter of findings", () => {
  it("accepts everything without criteria", () => {
    for (const filter of [{}, { severities }, { text: "  " }]) {
      expect(accepts(filter), JSON.stringify(filter)).toBe(true);
      expect(accepts(filter, finding("U-01", null)), JSON.stringify(filter)).toBe(true);
    }
  });

  it("finds text in number, check, URL, parameter, method and evidence, in any case", () => {
    for (const text of ["h-01", "SEARCH?Q", "marker", " xss ", "get"]) expect(accepts({ text }), text).toBe(true);
  });

  it("does not treat text as a pattern", () => {
    for (const text of [".*", "(", "[a-z]"]) expect(accepts({ text }), text).toBe(false);
  });

  it("hides other levels, and unknown ones when levels are chosen", () => {
    expect(accepts({ severities: ["high"] }, finding("L-01", "low"))).toBe(false);
    expect(accepts({ severities: ["high"] }, finding("U-01", null))).toBe(false);
  });

  it("accepts one check and one domain, the latter with or without its port", () => {
    const found = finding("H-01", "high", { url: "https://www.example.com:8443/a" });
    expect(accepts({ item: "XSS", domain: "www.example.com" }, found)).toBe(true);
    expect(accepts({ domain: "www.example.com:8443" }, found)).toBe(true);
    expect(accepts({ domain: "www.example.com" }, finding("H-01", "high", { url: null }))).toBe(false);
    for (const filter of [{ item: "xss" }, { domain: "example.com" }, { domain: "" }]) {
      expect(accepts(filter, found), JSON.stringify(filter)).toBe(false);
    }
  });

  it("accepts one path with any query, and not the paths below it", () => {
    expect(accepts({ path: "/search" })).toBe(true);
    for (const path of ["/", "/search/", "/searc", "/search?q=1", ""]) expect(accepts({ path }), path).toBe(false);
  });

  it("accepts the selected numbers", () => {
    expect(accepts({ numbers: new Set(["H-01"]) })).toBe(true);
    expect(accepts({ numbers: new Set() })).toBe(false);
  });

  it("distinguishes new from remaining findings, for each occurrence", () => {
    const compared = {
      fingerprint: "f",
      number: "H-01",
      item: "XSS",
      severity: null,
      method: null,
      url: null,
    } as const;
    const changes = findingChangesOf({
      new: [{ ...compared, parameter: null, numbers: { base: [], head: ["H-01", "H-02"] } }],
      remaining: [{ ...compared, parameter: null, numbers: { base: ["H-07"], head: ["H-03"] } }],
    });
    const isNew = findingFilter({ change: "new" }, changes);
    const numbers = ["H-01", "H-02", "H-03", "H-07"].filter((number) => isNew(finding(number, "high")));
    expect(numbers).toEqual(["H-01", "H-02"]);
    expect(accepts({ change: "new" })).toBe(false);
  });

  it("accepts a finding exactly when every single criterion does", () => {
    const filters = fc.record({
      severities: fc.option(fc.subarray([...severities]), { nil: undefined }),
      item: fc.option(fc.constantFrom("XSS", "LFI"), { nil: undefined }),
      path: fc.option(fc.constantFrom("/search", "/other"), { nil: undefined }),
      text: fc.option(fc.constantFrom("marker", "absent", ""), { nil: undefined }),
    });
    fc.assert(
      fc.property(filters, fc.constantFrom(...severities, null), (filter, severity) => {
        const one = finding("H-01", severity);
        expect(accepts(filter, one)).toBe(findingTests(filter).every((test) => test.accepts(one)));
        const singly = Object.entries(filter).every(([name, value]) => accepts({ [name]: value }, one));
        expect(accepts(filter, one)).toBe(singly);
      }),
    );
  });
});

describe("the place of a finding in a list", () => {
  it.each([
    ["https://www.example.com:8443/a/b?x=1#y", "www.example.com:8443", "/a/b"],
    ["https://www.example.com", "www.example.com", "/"],
    ["/relative/path?x=1", "", "/relative/path"],
    ["no url", "", "no url"],
    [null, "", ""],
  ])("of %j is %j and %j", (url, host, path) => {
    expect(findingPlace(finding("H-01", "high", { url }))).toEqual({ host, path });
  });
});

import type { Finding, Severity } from "@wsc-dashboard/wsc-core";
import { describe, expect, it } from "vitest";
import { type FindingFilter, isWanted } from "./finding-filter.ts";

const all: readonly Severity[] = ["high", "medium", "low"];

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

describe("the filters of findings", () => {
  it("find text in number, URL, parameter and evidence, whatever its case", () => {
    for (const text of ["h-01", "SEARCH?Q", "marker", " xss "]) {
      expect(isWanted(finding("H-01", "high"), { levels: all, text }), text).toBe(true);
    }
  });

  it("do not treat text as a pattern", () => {
    expect(isWanted(finding("H-01", "high"), { levels: all, text: ".*" })).toBe(false);
    expect(isWanted(finding("H-01", "high"), { levels: all, text: "(" })).toBe(false);
  });

  it("hide other levels, and unknown ones as soon as levels are chosen", () => {
    expect(isWanted(finding("L-01", "low"), { levels: ["high"], text: "" })).toBe(false);
    expect(isWanted(finding("U-01", null), { levels: ["high"], text: "" })).toBe(false);
    expect(isWanted(finding("U-01", null), { levels: all, text: "" })).toBe(true);
  });

  it("take one check and one domain, the latter with or without its port", () => {
    const found = finding("H-01", "high", { url: "https://www.example.com:8443/a" });
    const wanted = (filter: Partial<FindingFilter>): boolean => isWanted(found, { levels: all, text: "", ...filter });
    expect(wanted({ item: "XSS", domain: "www.example.com" })).toBe(true);
    expect(wanted({ domain: "www.example.com:8443" })).toBe(true);
    expect(wanted({ item: "xss" })).toBe(false);
    expect(wanted({ domain: "example.com" })).toBe(false);
    expect(wanted({ domain: "" })).toBe(false);
  });
});

import {
  type Finding,
  type FindingChange,
  type FindingFilter,
  findingFilter,
  severities,
  type Verdict,
  verdicts,
} from "@wsc-dashboard/wsc-core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSieve, facetValues, type SiftedFindings } from "./finding-sieve.ts";

const someFindings = fc
  .array(
    fc.record({
      severity: fc.constantFrom(...severities, null),
      item: fc.constantFrom("XSS", "SQL Injection", "LFI"),
      url: fc.constantFrom("https://a.example.com/x?1", "https://a.example.com/y", "https://b.example.com/x", null),
    }),
    { maxLength: 40 },
  )
  .map((list) =>
    list.map(
      (known, index): Finding => ({
        number: `F-${index}`,
        method: "GET",
        parameter: null,
        evidence: index % 3 === 0 ? "marker" : null,
        fingerprint: String(index),
        otherFields: [],
        ...known,
      }),
    ),
  );
const someFilter: fc.Arbitrary<FindingFilter> = fc.record({
  severities: fc.option(fc.subarray([...severities], { minLength: 1 }), { nil: undefined }),
  item: fc.option(fc.constantFrom("XSS", "LFI"), { nil: undefined }),
  path: fc.option(fc.constantFrom("/x", "/y"), { nil: undefined }),
  domain: fc.option(fc.constantFrom("a.example.com", "b.example.com"), { nil: undefined }),
  change: fc.option(fc.constantFrom("new", "remaining"), { nil: undefined }),
  verdict: fc.option(fc.constantFrom("open", "fixed"), { nil: undefined }),
  decided: fc.option(fc.constant("without"), { nil: undefined }),
  text: fc.option(fc.constant("marker"), { nil: undefined }),
});
const verdictOf = (fingerprint: string): Verdict => verdicts[Number(fingerprint) % verdicts.length] ?? "open";
const changesOf = (findings: readonly Finding[]): ReadonlyMap<string, FindingChange> =>
  new Map(findings.map(({ number }, index) => [number, index % 2 === 0 ? "new" : "remaining"]));

function sift(findings: readonly Finding[], filter: FindingFilter): SiftedFindings {
  const sieve = createSieve(filter, changesOf(findings), verdictOf);
  for (const finding of findings) sieve.add(finding);
  return sieve.result(true);
}

describe("filtering of findings", () => {
  it("accepts exactly what the export filter accepts, in the order of the report", () => {
    fc.assert(
      fc.property(someFindings, someFilter, (findings, filter) => {
        expect(sift(findings, filter).found).toEqual(
          findings.filter(findingFilter(filter, changesOf(findings), verdictOf)),
        );
      }),
    );
  });

  it("counts for each facet value what choosing it would show", () => {
    fc.assert(
      fc.property(someFindings, someFilter, (findings, filter) => {
        const { facets } = sift(findings, filter);
        const shownBy = (part: FindingFilter): number => sift(findings, { ...filter, ...part }).found.length;
        for (const facet of ["item", "path", "domain", "change"] as const) {
          for (const [value, count] of facets[facet]) expect(shownBy({ [facet]: value }), value).toBe(count);
        }
        for (const severity of severities) {
          expect(shownBy({ severities: [severity] })).toBe(facets.severity.get(severity) ?? 0);
        }
      }),
    );
  });

  it("omits facet values without findings", () => {
    fc.assert(
      fc.property(someFindings, someFilter, (findings, filter) => {
        const { severity, ...facets } = sift(findings, filter).facets;
        for (const counts of [severity, ...Object.values(facets)]) expect([...counts.values()]).not.toContain(0);
      }),
    );
  });
});

it("puts the most frequent value of a facet first, and equally frequent ones in alphabetical order", () => {
  const counts = new Map([
    ["/b", 1],
    ["/c", 7],
    ["/a", 1],
  ]);
  expect(facetValues(counts)).toEqual([
    ["/c", 7],
    ["/a", 1],
    ["/b", 1],
  ]);
});

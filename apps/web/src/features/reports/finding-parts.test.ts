import type { Finding } from "@wsc-dashboard/wsc-core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isRowHidden, partsOf, wantedIn } from "./finding-parts.ts";

const findings = (count: number): Finding[] =>
  Array.from({ length: count }, (_, index) => ({
    number: `H-${index}`,
    item: "XSS",
    severity: "high",
    method: null,
    url: null,
    parameter: null,
    evidence: null,
    fingerprint: String(index),
    otherFields: [],
  }));

describe("parts of a long list", () => {
  it("hold every finding once and in order", () => {
    fc.assert(
      fc.property(fc.nat(200), fc.integer({ min: 1, max: 60 }), (count, length) => {
        const list = findings(count);
        const parts = partsOf(list, length);
        expect(parts.flat()).toEqual(list);
        for (const part of parts) expect(part.length).toBeLessThanOrEqual(length);
      }),
    );
  });

  it("show exactly what is wanted, by hiding rows or the whole part", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), (choices) => {
        const part = findings(choices.length);
        const wanted = new Set(part.filter((_, index) => choices[index]).map(({ number }) => number));
        const signs = wantedIn(part, wanted);
        const shown = part.filter((_, index) => signs !== "" && !isRowHidden(signs, index));
        expect(new Set(shown.map(({ number }) => number))).toEqual(wanted);
      }),
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stepPath } from "./step-path.ts";

const box = { width: 90, height: 12, max: 10 };

describe("a step line", () => {
  it("keeps each value until the next report", () => {
    expect(stepPath([10, 0, 5], box)).toBe("M0 1H30V11H60V6H90");
  });

  it("is empty without a value", () => {
    expect(stepPath([], box)).toBe("");
  });

  it("stays inside its box and reaches its right edge, whatever the counts", () => {
    const counts = fc.array(fc.integer({ min: -5, max: 1_000_000 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(counts, (values) => {
        const path = stepPath(values, box);
        const heights = [...path.matchAll(/(?:M0 |V)(-?[\d.]+)/g)].map(([, y]) => Number(y));
        expect(heights).toHaveLength(values.length);
        for (const y of heights) expect(y >= 1 && y <= 11).toBe(true);
        expect(path).toMatch(/H90$/);
      }),
    );
  });
});

import type { Finding } from "@wsc-dashboard/wsc-core";
import { describe, expect, it } from "vitest";
import { numbersBetween, withSelected } from "./use-finding-selection.ts";

const ordered = ["H-01", "H-02", "M-01", "L-01"].map((number) => ({ number }) as Finding);

describe("selecting findings", () => {
  it("adds and removes one without changing the previous selection", () => {
    const none = new Set<string>();
    const one = withSelected(none, ["H-01"], true);
    expect([...one]).toEqual(["H-01"]);
    expect([...withSelected(one, ["H-01"], false)]).toEqual([]);
    expect(none.size).toBe(0);
  });

  it("selects a range from the previous checkbox in either direction, both included", () => {
    expect(numbersBetween(ordered, 1, 2)).toEqual(["H-02", "M-01"]);
    expect(numbersBetween(ordered, 3, 1)).toEqual(["H-02", "M-01", "L-01"]);
    expect(numbersBetween(ordered, 2, 2)).toEqual(["M-01"]);
  });
});

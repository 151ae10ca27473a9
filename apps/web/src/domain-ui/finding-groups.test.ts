import { describe, expect, it } from "vitest";
import { groupFindings, groupings } from "./finding-groups.ts";

const none = { item: "XSS", url: "https://www.example.com/search?q=1" };

describe("groups of findings", () => {
  const list = [
    { ...none, number: "L-01", severity: "low" },
    { ...none, number: "U-01", severity: null, url: null },
    { ...none, number: "H-01", severity: "high", item: "SSI Injection", url: "https://api.example.com/" },
    { ...none, number: "L-02", severity: "low" },
  ] as const;

  it("are sorted by severity, those without a level last", () => {
    expect(groupFindings(list, "severity").map(({ key }) => key)).toEqual(["high", "low", ""]);
  });

  it("contain every finding exactly once", () => {
    for (const group of groupings) {
      const numbers = groupFindings(list, group).flatMap(({ findings }) => findings.map(({ number }) => number));
      expect(numbers.sort()).toEqual(["H-01", "L-01", "L-02", "U-01"]);
    }
  });

  it("by domain put findings without a URL in one group", () => {
    expect(groupFindings(list, "domain").map(({ key }) => key)).toEqual(["api.example.com", "www.example.com", ""]);
  });
});
